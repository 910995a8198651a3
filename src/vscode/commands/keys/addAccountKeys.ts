import * as l10n from '@vscode/l10n';
import { lazyImport } from '../../../core/lazyImport.ts';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { keyArgumentWith } from './keyArgument.ts';
import { ableKeyFromIdOrPick } from './pickKey.ts';

const argument = keyArgumentWith({ account: textMember, name: textMember });

/**
 * `keyQuota.addAccountKeys`: shows the keys that an account lists, and adds those that are ticked → `{ ids }`. An argument
 * says which account and no more: only a person can tick.
 */
export const addAccountKeys = defineCommand({
  palette: 'withKeys',
  menus: [
    { menu: 'view/item/context', contextWords: ['can-keyList'], group: '1_check@7' },
    { menu: 'view/item/context', contextWords: ['accountKey'], group: '1_check@2' },
  ],
  argument: {
    ...argument,
    requiresOneOf: ['id', 'account'],
    // A line of the list is ticked alone at first.
    fromLine: { id: 'keyId', account: 'listedIn', name: 'copyText' },
  },
  run: async (parts, { members: { id, account: listedIn, name } }) => {
    const account = await ableKeyFromIdOrPick(
      parts,
      listedIn ?? id,
      l10n.t('Add Keys of Account'),
      'keyList',
    );
    if (!account) return undefined;
    const { addAccountKeysByForm } = await lazyImport(() => import('./accountKeysForm.ts'));
    return addAccountKeysByForm(parts, account, listedIn === undefined ? undefined : name);
  },
});
