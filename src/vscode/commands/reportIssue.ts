import * as vscode from 'vscode';
import { redactor } from '../../redaction/redactor.ts';
import { EXTENSION_ID } from '../host/installation.ts';
import { defineCommand } from './command.ts';
import { collectDiagnostics } from './diagnostics.ts';

/** `keyQuota.reportIssue`: opens VS Code's own form for a report, filled in with diagnostics without names. */
export const reportIssue = defineCommand({
  palette: 'always',
  menus: [{ menu: 'view/title', group: '9_log@3' }],
  run: async parts => {
    await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
      extensionId: EXTENSION_ID,
      issueBody: redactor.redact(collectDiagnostics(parts, false)),
    });
  },
});
