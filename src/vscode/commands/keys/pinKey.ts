import * as l10n from '@vscode/l10n';
import type { Command } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { keyFromArgumentOrPick } from './pickKey.ts';

/** `keyQuota.pinKey`: shows this key in the status bar. */
export const pinKey: Command = {
  palette: 'withKeys',
  icon: 'pin',
  menus: [
    { menu: 'view/item/context', contextWords: ['unpinned'], group: 'inline@2' },
    { menu: 'view/item/context', contextWords: ['unpinned'], group: '1_check@2' },
  ],
  argument: keyArgument,
  run: async (parts, argument) => {
    const key = await keyFromArgumentOrPick(parts, argument, l10n.t('Pin to Status Bar'));
    if (key) await parts.keyService.pin(key, true);
  },
};

/** `keyQuota.unpinKey`: lets the status bar choose again. */
export const unpinKey: Command = {
  palette: 'withKeys',
  icon: 'pinned',
  menus: [
    { menu: 'view/item/context', contextWords: ['pinned'], group: 'inline@2' },
    { menu: 'view/item/context', contextWords: ['pinned'], group: '1_check@2' },
  ],
  argument: keyArgument,
  run: async (parts, argument) => {
    const key = await keyFromArgumentOrPick(parts, argument, l10n.t('Unpin from Status Bar'));
    if (key) await parts.keyService.pin(key, false);
  },
};
