import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { type KeyRules, keyRulesOf } from '../../../core/warnings/warningRules.ts';
import { askText, pickOne } from '../../host/forms.ts';
import { sayInPassing } from '../../host/messages.ts';
import { runOwnCommand } from '../../host/ownCommand.ts';
import { shownItem } from '../../host/shownItem.ts';
import { SNOOZE_HOURS } from '../../notifications/warningText.ts';
import { anyValue, textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { keyFromArgumentOrPick } from '../keys/pickKey.ts';

/**
 * `keyQuota.setKeyWarnings`: what a key warns about. By argument `{ key, off, percents, amounts, expiryDays }`
 * → the rules that hold for this key alone; with none of them it warns as all do.
 */
export const setKeyWarnings: Command = {
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '3_change@3' }],
  argument: {
    members: { key: textMember, off: anyValue, percents: anyValue, amounts: anyValue, expiryDays: anyValue },
    requiresOneOf: ['key'],
    textMeans: 'key',
  },
  run: async (parts, argument) => {
    const members = membersOf(argument);
    const key = await keyFromArgumentOrPick(parts, members.key ?? argument, l10n.t('Warnings'));
    if (!key) return undefined;
    const rules = 'key' in members ? rulesFromArgument(members) : await askRules(parts, key);
    if (rules) await parts.muteService.setRules(key.id, rules);
    if (rules?.off === true) sayInPassing(l10n.t('No more warnings about “{0}”.', key.label), 'sentence');
    return parts.muteService.rulesOf(key.id);
  },
};

function rulesFromArgument({ off, ...others }: Readonly<Record<string, unknown>>): KeyRules {
  const rules = keyRulesOf(off === false ? others : { off, ...others });
  if (rules) return rules;
  throw new Error(
    l10n.t(
      '“off” has to be true, false or a list of kinds; “percents”, “amounts” and “expiryDays” lists of numbers.',
    ),
  );
}

interface RuleChoice {
  readonly label: string;
  readonly description?: string;
  readonly choose: () => Promise<KeyRules | undefined> | KeyRules | undefined;
}

async function askRules({ muteService }: CommandParts, key: KeyRecord): Promise<KeyRules | undefined> {
  const title = l10n.t('Warnings for “{0}”', key.label);
  const currentRules = muteService.rulesOf(key.id);
  const described = (text: string) => ({ description: text });
  const items: RuleChoice[] = [
    { label: l10n.t('Warn as for All Keys'), choose: () => ({}) },
    {
      label: l10n.t('Per Cent Left…'),
      ...described(listText(currentRules.percents)),
      choose: () => askThresholds(title, currentRules, 'percents'),
    },
    {
      label: l10n.t('Amounts Left…'),
      ...described(listText(currentRules.amounts)),
      choose: () => askThresholds(title, currentRules, 'amounts'),
    },
    {
      label: l10n.t('Days before the End…'),
      ...described(listText(currentRules.expiryDays)),
      choose: () => askThresholds(title, currentRules, 'expiryDays'),
    },
    {
      label: l10n.t('Snooze {0} Hours', SNOOZE_HOURS),
      choose: async () => {
        await runOwnCommand('keyQuota.snoozeWarnings', { key: key.id });
        return undefined;
      },
    },
    {
      label: l10n.t('Don’t Warn for This Key'),
      ...described(currentRules.off === true ? l10n.t('chosen') : ''),
      choose: () => ({ ...currentRules, off: true }),
    },
  ];
  return (await pickOne(items.map(shownItem), { title }))?.choose();
}

/** Asks for thresholds, several apart by commas; an empty answer takes those for all keys again. */
async function askThresholds(
  title: string,
  { off: _off, ...now }: KeyRules,
  name: 'percents' | 'amounts' | 'expiryDays',
): Promise<KeyRules | undefined> {
  const text = await askText({
    title,
    value: listText(now[name]),
    prompt: l10n.t(
      'Numbers with a comma between them, such as 50, 10. Leave it empty for those of all keys.',
    ),
    validateInput: input =>
      parseThresholds(input) ? undefined : l10n.t('Numbers with a comma between them.'),
  });
  const thresholds = text === undefined ? undefined : parseThresholds(text);
  if (!thresholds) return undefined;
  const { [name]: _before, ...others } = now;
  return thresholds.length === 0 ? others : { ...others, [name]: thresholds };
}

function parseThresholds(text: string): number[] | undefined {
  if (text.trim() === '') return [];
  const numbers = text.split(/[,;]/).map(part => (part.trim() === '' ? Number.NaN : Number(part)));
  return numbers.every(number => Number.isFinite(number) && number >= 0) ? numbers : undefined;
}

function listText(numbers: readonly number[] | undefined): string {
  return numbers?.join(', ') ?? '';
}
