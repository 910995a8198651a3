import { copyText } from '../../host/clipboard.ts';
import type { CommandHandler } from '../commandParts.ts';

/** `keyQuota.copyValue`: copies what a line of the tree says. */
export const copyValue: CommandHandler = async (_parts, argument) => {
  if (typeof argument !== 'object' || argument === null || !('copyText' in argument)) return;
  if (typeof argument.copyText === 'string') await copyText(argument.copyText);
};
