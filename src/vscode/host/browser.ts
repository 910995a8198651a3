import * as vscode from 'vscode';
import { parseWebPage } from '../../core/input/parseWebPage.ts';
import { redactor } from '../../redaction/redactor.ts';

/** Opens a page in the user's browser; VS Code shows its address first. Only https, and no address with a secret in it. */
export async function openInBrowser(url: string): Promise<void> {
  const page = parseWebPage(url);
  if (page === undefined || redactor.redact(page) !== page) return;
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
}
