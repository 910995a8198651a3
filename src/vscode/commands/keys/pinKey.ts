import * as l10n from '@vscode/l10n';
import { defineCommand } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { keyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.pinKey`: shows this key in the status bar. */
export const pinKey = defineCommand({
  palette: 'withKeys',
  icon: 'pin',
  menus: [
    { menu: 'view/item/context', contextWords: ['unpinned'], group: 'inline@2' },
    { menu: 'view/item/context', contextWords: ['unpinned'], group: '1_check@2' },
  ],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const key = await keyFromIdOrPick(parts, members.id, l10n.t('Pin Key to Status Bar'));
    if (key) await parts.keyService.pin(key, true);
  },
});

/** `keyQuota.unpinKey`: lets the status bar choose the key again. */
export const unpinKey = defineCommand({
  palette: 'withKeys',
  icon: 'pinned',
  menus: [
    { menu: 'view/item/context', contextWords: ['pinned'], group: 'inline@2' },
    { menu: 'view/item/context', contextWords: ['pinned'], group: '1_check@2' },
  ],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const key = await keyFromIdOrPick(parts, members.id, l10n.t('Unpin Key from Status Bar'));
    if (key) await parts.keyService.pin(key, false);
  },
});
