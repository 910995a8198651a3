import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { redactor } from '../../redaction/redactor.ts';
import { copyText } from '../host/clipboard.ts';
import { showInformation } from '../host/messages.ts';
import { saveFile } from './saveFile.ts';

/** Shows a text as a document that is not saved. */
export async function showDocument(markdown: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: redactor.redact(markdown),
  });
  await vscode.window.showTextDocument(document, { preview: true });
}

/** Shows a text as a document, and offers to copy or save it. */
export async function offerDocument(markdown: string, message: string, fileName: string): Promise<void> {
  await showDocument(markdown);
  const copy = l10n.t('Copy');
  const save = l10n.t('Save…');
  const choice = await showInformation(message, copy, save);
  if (choice === copy) await copyText(markdown);
  if (choice === save)
    await saveFile(fileName, [{ name: 'Markdown', extension: 'md', text: () => markdown }]);
}
