import { copyText } from '../../host/clipboard.ts';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';

/** `keyQuota.copyValue`: copies what a line of the tree says. */
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
