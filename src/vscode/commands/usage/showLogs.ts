import * as l10n from '@vscode/l10n';
import { abilityFilter } from '../../../gateways/abilityFilter.ts';
import { textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import { keyFromArgumentOrPick } from '../keys/pickKey.ts';

/** `keyQuota.showLogs`: an account's request log in a panel of its own. By argument `{ key }`. */
export const showLogs: Command = {
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['can-logs'], group: '0_usage@2' }],
  argument: { members: { key: textMember }, requiresOneOf: ['key'], textMeans: 'key' },
  run: async (parts, argument) => {
    const isMembers = typeof argument === 'object' && argument !== null && 'key' in argument;
    const key = await keyFromArgumentOrPick(
      parts,
      isMembers ? argument.key : argument,
      l10n.t('Show Logs'),
      abilityFilter('logs'),
    );
    if (key) parts.panels.logs.show(key);
  },
};
