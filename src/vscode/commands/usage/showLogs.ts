import * as l10n from '@vscode/l10n';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { ableKeyFromIdOrPick } from '../keys/pickKey.ts';

/** `keyQuota.showLogs`: opens an account's request log in a panel. By argument `{ key }`. */
export const showLogs = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['can-logs'], group: '0_usage@2' }],
  argument: {
    members: { key: textMember },
    requiresOneOf: ['key'],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members }) => {
    const key = await ableKeyFromIdOrPick(parts, members.key, l10n.t('Show Request Log'), 'logs');
    if (key) parts.panels.logs.show(key);
  },
});
