import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { setFilesGoneHandler } from '../../core/lazyImport.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import { showError } from './messages.ts';

/** Files of the extension were updated or removed under a running window: only a reload of it helps. */
class FilesGone extends GatewayError {
  constructor(sentence: string) {
    super({ class: 'unexpected', reason: 'files-gone' });
    // What a command throws is shown.
    this.message = sentence;
  }
}

/** Makes ready to say that files of ours are gone, with the button that mends it. */
export function prepareForGoneFiles(): void {
  setFilesGoneHandler({ error: () => new FilesGone(goneText()), notify: () => void offerReload() });
}

function goneText(): string {
  return l10n.t('Key Quota was updated or removed while this window was open. Reload the window.');
}

async function offerReload(): Promise<void> {
  const reload = l10n.t('Reload Window');
  if ((await showError(goneText(), reload)) !== reload) return;
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
