import * as vscode from 'vscode';
import { t } from '../words/l10n.ts';

/** Shows a text as a document, and offers to copy or save it. */
export async function offerText(markdown: string, message: string, fileName: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: markdown });
  await vscode.window.showTextDocument(document, { preview: true });
  const copy = t('Copy');
  const save = t('Save…');
  const choice = await vscode.window.showInformationMessage(message, copy, save);
  if (choice === copy) await vscode.env.clipboard.writeText(markdown);
  if (choice !== save) return;
  const target = await vscode.window.showSaveDialog({ filters: { Markdown: ['md'] }, saveLabel: fileName });
  if (target) await vscode.workspace.fs.writeFile(target, Buffer.from(markdown));
}
