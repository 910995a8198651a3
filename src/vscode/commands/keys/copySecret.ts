import * as l10n from '@vscode/l10n';
import { missingSecret } from '../../../services/polling/missingSecret.ts';
import { failureText } from '../../../text/failure.ts';
import { showInformation, showWarning } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { ownKeyFromIdOrPick } from './pickKey.ts';

/**
 * `keyQuota.copySecret`: puts a key's secret on the clipboard for a minute, after a question. No argument answers the
 * question, so that whoever may run commands cannot read secrets.
 */
export const copySecret = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['own'], group: '2_copy@9' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const key = await ownKeyFromIdOrPick(parts, members.id, l10n.t('Copy Secret'));
    if (!key) return;
    const copy = l10n.t('Copy Secret');
    const choice = await showWarning(
      l10n.t('Copy the secret of “{0}”?', key.label),
      {
        modal: true,
        detail: l10n.t(
          'Any program on this machine can read the clipboard. It is cleared after a minute, unless something else was copied by then.',
        ),
      },
      copy,
    );
    if (choice !== copy) return;
    const trouble = await parts.secretClipboard.copy(key.id);
    if (trouble) throw new Error(failureText(missingSecret(trouble), key));
    void showInformation(l10n.t('The secret of “{0}” is on the clipboard for a minute.', key.label));
  },
});
