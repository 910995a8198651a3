import * as vscode from 'vscode';
import { showError } from './messages.ts';

/** Says what only a reload of the window mends, with the button that does it. */
export async function offerReload(sentence: string): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  if ((await showError(sentence, reload)) !== reload) return;
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
