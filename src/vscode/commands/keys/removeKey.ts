import * as l10n from '@vscode/l10n';
import { showWarning } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import { confirmedKeyArgument } from './keyArgument.ts';
import { ownKeyFromIdOrPick } from './pickKey.ts';

/**
 * `keyQuota.removeKey`: deletes a key and its secret, after a question. With `{ id, confirmed: true }` it does not ask,
 * for tasks and tests.
 */
export const removeKey = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['own'], group: '4_remove' }],
  argument: confirmedKeyArgument,
  run: async (parts, { members }) => {
    const key = await ownKeyFromIdOrPick(parts, members.id, l10n.t('Remove Key'));
    if (!key) return;
    if (members.confirmed !== true) {
      const remove = l10n.t('Remove');
      const choice = await showWarning(
        l10n.t('Remove the key “{0}”?', key.label),
        {
          modal: true,
          detail: l10n.t(
            'Its secret and all that was recorded of it are deleted from this machine. This cannot be undone. Nothing changes at the gateway.',
          ),
        },
        remove,
      );
      if (choice !== remove) return;
    }
    await parts.keyService.remove(key);
  },
});
