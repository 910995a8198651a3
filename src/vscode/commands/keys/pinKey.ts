import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../commandParts.ts';
import { keyFor } from './pickKey.ts';

/** `keyQuota.pinKey`: shows this key in the status bar. */
export const pinKey: CommandHandler = async (parts, argument) => {
  const key = await keyFor(parts, argument, l10n.t('Pin to Status Bar'));
  if (key) await parts.keyService.pin(key, true);
};

/** `keyQuota.unpinKey`: lets the status bar choose again. */
export const unpinKey: CommandHandler = async (parts, argument) => {
  const key = await keyFor(parts, argument, l10n.t('Unpin from Status Bar'));
  if (key) await parts.keyService.pin(key, false);
};
