import * as vscode from 'vscode';
import { setKeyRules } from '../host/warningSettings.ts';
import type { KeyRecord } from '../quota/key.ts';
import { WARNING_KINDS } from '../quota/warning.ts';
import type { KeyRules } from '../quota/warningRules.ts';
import { SNOOZE_HOURS } from '../views/warningText.ts';
import { t } from '../words/l10n.ts';
import type { CommandHandler } from './commandParts.ts';
import { keyFor } from './pickKey.ts';

const MEMBERS = ['off', 'percents', 'amounts', 'expiryDays'] as const;

/**
 * `keyQuota.setKeyWarnings`: what a key warns about, kept in the setting `keyQuota.warnings.keys` under its
 * label. By argument `{ key, off, percents, amounts, expiryDays }`; with none of them it warns as all do.
 */
export const setKeyWarnings: CommandHandler = async (parts, argument) => {
  const members = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<
    string,
    unknown
  >;
  const key = await keyFor(parts, members.key ?? argument, t('Warnings'));
  if (!key) return undefined;
  if (!('key' in members)) return askRules(key);
  const rules = rulesOf(members);
  await setKeyRules(key.label, rules);
  return { key: key.id, ...rules };
};

function rulesOf(members: Readonly<Record<string, unknown>>): KeyRules | undefined {
  const given = MEMBERS.filter(name => members[name] !== undefined && members[name] !== false);
  for (const name of given)
    if (!isRule(name, members[name])) throw new Error(t('“{0}” is not a rule.', name));
  return given.length === 0 ? undefined : Object.fromEntries(given.map(name => [name, members[name]]));
}

function isRule(name: (typeof MEMBERS)[number], value: unknown): boolean {
  if (name === 'off' && value === true) return true;
  if (!Array.isArray(value)) return false;
  return name === 'off'
    ? value.every(kind => WARNING_KINDS.includes(kind))
    : value.every(each => Number.isFinite(each) && each >= 0);
}

async function askRules(key: KeyRecord): Promise<undefined> {
  const items = [
    { label: t('Warn as for All Keys'), act: () => setKeyRules(key.label, undefined) },
    {
      label: t('Snooze {0} Hours', SNOOZE_HOURS),
      act: () => vscode.commands.executeCommand('keyQuota.snoozeWarnings', { key: key.id }),
    },
    { label: t('Don’t Warn for This Key'), act: () => setKeyRules(key.label, { off: true }) },
    {
      label: t('Thresholds of Its Own…'),
      act: () => vscode.commands.executeCommand('workbench.action.openSettings', 'keyQuota.warnings'),
    },
  ];
  const title = t('Warnings for “{0}”', key.label);
  await (await vscode.window.showQuickPick(items, { title }))?.act();
}
