import { copyText } from '../../host/clipboard.ts';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';

/** `keyQuota.copyValue`: copies the value of a tree line. */
export const copyValue = defineCommand({
  palette: 'never',
  menus: [{ menu: 'view/item/context', contextWords: ['fact', 'model'], group: '2_copy' }],
  argument: {
    members: { copyText: textMember },
    requiresOneOf: ['copyText'],
    fromLine: { copyText: 'copyText' },
  },
  run: async (_parts, { members }) => {
    if (members.copyText !== undefined) await copyText(members.copyText);
  },
});
