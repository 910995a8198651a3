import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { WARNING_KINDS } from '../../../core/warnings/warning.ts';
import type { KeyRules } from '../../../core/warnings/warningRules.ts';
import { askText, pickOne } from '../../host/forms.ts';
import { showStatusBarMessage } from '../../host/messages.ts';
import { runOwnCommand } from '../../host/ownCommand.ts';
import { shownItem } from '../../host/shownItem.ts';
import { SNOOZE_HOURS } from '../../notifications/warningText.ts';
import { type Members, textMember, withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { keyFromIdOrPick } from '../keys/pickKey.ts';

const thresholdsMember = withErrorText(v.array(v.pipe(v.number(), v.finite(), v.minValue(0))), rulesRequired);
const ruleMembers = {
  off: withErrorText(v.union([v.boolean(), v.array(v.picklist(WARNING_KINDS))]), rulesRequired),
  percents: thresholdsMember,
  amounts: thresholdsMember,
  expiryDays: thresholdsMember,
};

/**
 * `keyQuota.setKeyWarnings`: sets a key's own warning rules. By argument `{ key, off, percents, amounts, expiryDays }`
 * → the key's own rules; without any of them the rules for all keys hold.
 */
export const setKeyWarnings = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '3_change@3' }],
  argument: {
    members: { key: textMember, ...ruleMembers },
    requiresOneOf: ['key'],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members, isObject }) => {
    const key = await keyFromIdOrPick(parts, members.key, l10n.t('Warnings'));
    if (!key) return undefined;
    const rules = isObject ? rulesFromMembers(members) : await askRules(parts, key);
    if (rules) await parts.muteService.setRules(key.id, rules);
    if (rules?.off === true) showStatusBarMessage(l10n.t('No more warnings about “{0}”.', key.label), 'long');
    return parts.muteService.rulesOf(key.id);
  },
});

function rulesFromMembers({ off, percents, amounts, expiryDays }: Members<typeof ruleMembers>): KeyRules {
  const rules = { off: off === false ? undefined : off, percents, amounts, expiryDays };
  return Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined));
}

function rulesRequired(): string {
  return l10n.t(
    '“off” must be true, false or a list of kinds; “percents”, “amounts” and “expiryDays” must be lists of numbers.',
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
    {
      label: l10n.t('Warn as for All Keys'),
      ...described(Object.values(currentRules).every(rule => rule === undefined) ? l10n.t('chosen') : ''),
      choose: () => ({}),
    },
    {
      label: l10n.t('Percent Left…'),
      ...described(listText(currentRules.percents)),
      choose: () => askThresholds(title, currentRules, 'percents'),
    },
    {
      label: l10n.t('Amounts Left…'),
      ...described(listText(currentRules.amounts)),
      choose: () => askThresholds(title, currentRules, 'amounts'),
    },
    {
      label: l10n.t('Days before Expiry…'),
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
      label: l10n.t('Don’t Warn About This Key'),
      ...described(currentRules.off === true ? l10n.t('chosen') : ''),
      choose: () => ({ ...currentRules, off: true }),
    },
  ];
  return (await pickOne(items.map(shownItem), { title }))?.choose();
}

/** Asks for thresholds, separated by commas; an empty answer restores those for all keys. */
async function askThresholds(
  title: string,
  { off: _off, ...now }: KeyRules,
  name: 'percents' | 'amounts' | 'expiryDays',
): Promise<KeyRules | undefined> {
  const text = await askText({
    title,
    value: listText(now[name]),
    prompt: l10n.t(
      'Numbers separated by commas, such as 50, 10. Leave it empty to use the values for all keys.',
    ),
    validateInput: input => (parseThresholds(input) ? undefined : l10n.t('Numbers separated by commas.')),
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
