import * as l10n from '@vscode/l10n';
import { showInformation } from '../../host/messages.ts';
import { runOwnCommand } from '../../host/ownCommand.ts';

/** Shows that there are no keys, with a button that adds one: for commands that need a key. */
export async function offerAddKey(): Promise<void> {
  const add = l10n.t('Add Key…');
  const choice = await showInformation(l10n.t('There are no keys yet. Use Add Key first.'), add);
  if (choice === add) await runOwnCommand('keyQuota.addKey');
}
