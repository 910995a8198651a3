import * as l10n from '@vscode/l10n';
import { defineCommand } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { ownKeyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.separateKey`: from now on the key itself is asked, although an account lists it. */
export const separateKey = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['readFromAccount'], group: '1_check@6' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const title = l10n.t('Separate Key from Account');
    const noneFound = l10n.t('No key is read from an account.');
    const key = await ownKeyFromIdOrPick(
      parts,
      members.id,
      title,
      each => each.readFrom !== undefined,
      noneFound,
    );
    if (key) await parts.keyService.checks.separate(key);
  },
});

/** `keyQuota.readFromAccount`: the key is read from the list of its account again. */
export const readFromAccount = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['separated'], group: '1_check@6' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const title = l10n.t('Read Key from Account');
    const noneFound = l10n.t('No key is separated from its account.');
    const isOffered = (each: { readonly separatedFrom?: object }) => each.separatedFrom !== undefined;
    const key = await ownKeyFromIdOrPick(parts, members.id, title, isOffered, noneFound);
    if (key) await parts.keyService.checks.readFromAccount(key);
  },
});
