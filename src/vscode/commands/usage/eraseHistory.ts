import * as l10n from '@vscode/l10n';
import { showWarning } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import { confirmedKeyArgument } from '../keys/keyArgument.ts';
import { keyFromIdOrPick } from '../keys/pickKey.ts';

/**
 * `keyQuota.eraseHistory`: deletes the recorded readings of a key, what its gateway told of its spend and what was
 * calculated from both, after a question.
 * With `{ id, confirmed: true }` it does not ask. The key and its current figures stay.
 */
export const eraseHistory = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '2_history@2' }],
  argument: confirmedKeyArgument,
  run: async (parts, { members }) => {
    const key = await keyFromIdOrPick(parts, members.id, l10n.t('Erase History'));
    if (!key) return;
    if (members.confirmed !== true) {
      const erase = l10n.t('Erase');
      const choice = await showWarning(
        l10n.t('Erase all recorded readings of “{0}”?', key.label),
        {
          modal: true,
          detail: l10n.t(
            'The spend that its gateway has reported so far is erased too, and its forecast starts over. This cannot be undone. The gateway keeps its own request log, so queries still show that spend.',
          ),
        },
        erase,
      );
      if (choice !== erase) return;
    }
    await parts.historyService.eraseHistory(key.id);
    await parts.monitor.reload();
  },
});
