import * as vscode from 'vscode';
import { shownRedactor } from '../../redaction/shownRedactor.ts';
import type { OwnCommand } from './ownCommand.ts';

/** Markdown for a hover, redacted, with HTML for its tables and pictures. Links may run these commands and no other. */
export function hoverMarkdown(
  markdown: string,
  enabledCommands: readonly OwnCommand[] = [],
): vscode.MarkdownString {
  const text = new vscode.MarkdownString(shownRedactor.redact(markdown), true);
  text.supportHtml = true;
  text.isTrusted = { enabledCommands };
  return text;
}
