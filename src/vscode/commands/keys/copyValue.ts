import { copyText } from '../../host/clipboard.ts';
import { text } from '../argumentSchema.ts';
import type { Command } from '../command.ts';

/** `keyQuota.copyValue`: copies what a line of the tree says. */
export const copyValue: Command = {
  palette: 'never',
  menus: [{ menu: 'view/item/context', on: ['fact', 'model'], group: '2_copy' }],
  argument: { members: { copyText: text }, needs: ['copyText'] },
  run: async (_parts, argument) => {
    if (typeof argument !== 'object' || argument === null || !('copyText' in argument)) return;
    if (typeof argument.copyText === 'string') await copyText(argument.copyText);
  },
};
