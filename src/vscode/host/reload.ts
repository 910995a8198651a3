import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { setFilesGoneHandler } from '../../core/lazyImport.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import { showError } from './messages.ts';

/** The extension's files were updated or removed while a window is running: only reloading the window helps. */
class FilesGone extends GatewayError {
  constructor(sentence: string) {
    super({ class: 'unexpected', reason: 'files-gone' });
    // A command's error is shown to the user.
    this.message = sentence;
  }
}

/** Sets what happens when files of the extension are gone: a message with a button that reloads the window. */
export function prepareForGoneFiles(): void {
  setFilesGoneHandler({ error: () => new FilesGone(filesGoneText()), notify: () => void offerReload() });
}

function filesGoneText(): string {
  return l10n.t('Key Quota was updated or removed while this window was open. Reload the window.');
}

async function offerReload(): Promise<void> {
  const reload = l10n.t('Reload Window');
  if ((await showError(filesGoneText(), reload)) !== reload) return;
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
