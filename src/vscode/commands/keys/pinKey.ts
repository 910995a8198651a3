import * as l10n from '@vscode/l10n';
import type { Command } from '../command.ts';
import { oneKey } from './oneKey.ts';
import { keyFor } from './pickKey.ts';

/** `keyQuota.pinKey`: shows this key in the status bar. */
export const pinKey: Command = {
  palette: 'withKeys',
  icon: 'pin',
  menus: [
    { menu: 'view/item/context', on: ['unpinned'], group: 'inline@2' },
    { menu: 'view/item/context', on: ['unpinned'], group: '1_check@2' },
  ],
  argument: oneKey,
  run: async (parts, argument) => {
    const key = await keyFor(parts, argument, l10n.t('Pin to Status Bar'));
    if (key) await parts.keyService.pin(key, true);
  },
};

/** `keyQuota.unpinKey`: lets the status bar choose again. */
export const unpinKey: Command = {
  palette: 'withKeys',
  icon: 'pinned',
  menus: [
    { menu: 'view/item/context', on: ['pinned'], group: 'inline@2' },
    { menu: 'view/item/context', on: ['pinned'], group: '1_check@2' },
  ],
  argument: oneKey,
  run: async (parts, argument) => {
    const key = await keyFor(parts, argument, l10n.t('Unpin from Status Bar'));
    if (key) await parts.keyService.pin(key, false);
  },
};
