import { copyText } from '../../host/clipboard.ts';
import { textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';

/** `keyQuota.copyValue`: copies what a line of the tree says. */
export const copyValue: Command = {
  palette: 'never',
  menus: [{ menu: 'view/item/context', contextWords: ['fact', 'model'], group: '2_copy' }],
  argument: { members: { copyText: textMember }, requiresOneOf: ['copyText'] },
  run: async (_parts, argument) => {
    if (typeof argument !== 'object' || argument === null || !('copyText' in argument)) return;
    if (typeof argument.copyText === 'string') await copyText(argument.copyText);
  },
};
