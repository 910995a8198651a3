import * as l10n from '@vscode/l10n';
import { showInformation } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';

/**
 * `keyQuota.askNow`: asks about the keys that wait in the usage panel without waiting longer, after a question. Takes
 * no argument.
 */
export const askNow = defineCommand({
  palette: 'withKeys',
  run: async ({ panels, monitor }) => {
    if (monitor.snapshot.length === 0) {
      void offerAddKey();
      return;
    }
    if (!panels.usage.isWaiting) {
      void showInformation(l10n.t('No key is waiting for its turn in the usage panel.'));
      return;
    }
    await panels.usage.askNow();
  },
});
