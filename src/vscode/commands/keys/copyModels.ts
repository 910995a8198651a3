import * as l10n from '@vscode/l10n';
import { copyText } from '../../host/clipboard.ts';
import { showInformation, showStatusBarMessage } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { keyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.copyModels`: copies the models a key may call, one a line; returns them, null for any. */
export const copyModels = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['withModels'], group: '2_copy' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const key = await keyFromIdOrPick(parts, members.id, l10n.t('Copy Model List'));
    const reading = key && parts.monitor.snapshot.find(({ id }) => id === key.id)?.reading;
    const { models, modelsMore } = reading ?? {};
    if (!key) return undefined;
    if (models === undefined) {
      void showInformation(l10n.t('The models of “{0}” are not known.', key.label));
      return undefined;
    }
    if (models === null) {
      void showInformation(l10n.t('“{0}” may call any model.', key.label));
      return null;
    }
    await copyText(models.join('\n'));
    const copied = l10n.t('Models copied: {0}', models.length);
    showStatusBarMessage(modelsMore ? l10n.t('{0} and {1} more', copied, modelsMore) : copied, 'short');
    return models;
  },
});
