import * as l10n from '@vscode/l10n';
import { showInformation } from '../../host/messages.ts';
import type { CommandHandler } from '../commandParts.ts';

/** `keyQuota.askNow`: asks about the keys that wait for their turn in the usage panel, after a yes. Takes no argument. */
export const askNow: CommandHandler = async ({ panels }) => {
  if (!panels.usage.isWaiting) {
    void showInformation(l10n.t('No key waits for its turn in the usage panel.'));
    return;
  }
  await panels.usage.askNow();
};
