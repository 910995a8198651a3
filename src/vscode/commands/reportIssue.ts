import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { redactor } from '../../redaction/redactor.ts';
import { copyText } from '../host/clipboard.ts';
import { EXTENSION_ID } from '../host/installation.ts';
import { showInformation } from '../host/messages.ts';
import { defineCommand } from './command.ts';
import { collectDiagnostics } from './diagnostics.ts';

/**
 * `keyQuota.reportIssue`: opens VS Code's own form for a report, filled in with diagnostics without names. Where there is
 * no such form, as in a browser while package.json has no address for reports, they are copied.
 */
export const reportIssue = defineCommand({
  palette: 'always',
  menus: [{ menu: 'view/title', group: '9_log@3' }],
  run: async parts => {
    const issueBody = redactor.redact(collectDiagnostics(parts, false));
    try {
      await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
        extensionId: EXTENSION_ID,
        issueBody,
      });
    } catch {
      await copyText(issueBody);
      void showInformation(
        l10n.t('VS Code has no form for a report here. Diagnostics without names were copied instead.'),
      );
    }
  },
});
