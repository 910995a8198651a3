import type { Uri } from 'vscode';
import { LogsPanel } from '../panels/logsPanel.ts';
import { UsagePanel } from '../panels/usagePanel.ts';
import type { CommandParts } from './commandParts.ts';
import { askForPanel, askNowForPanel } from './usage/askForPanel.ts';
import { askLogPage, saveCsv } from './usage/askLogs.ts';
import { exportReports } from './usage/exportReports.ts';

/** What commands work with: the parts that run already, and panels that ask by way of the same. */
export function createPanels(running: Omit<CommandParts, 'panels'>, extensionUri: Uri): CommandParts {
  const { clock, keyService } = running;
  const usage = new UsagePanel({
    extensionUri,
    ask: (question, progress, signal) => askForPanel(parts, question, progress, signal),
    askNow: (question, progress, signal) => askNowForPanel(parts, question, progress, signal),
    exportReports,
    now: () => clock.now(),
    after: (ms, work) => clock.after(ms, work),
  });
  const logs = new LogsPanel({
    extensionUri,
    findKey: keyId => keyService.findById(keyId),
    fetchPage: (keyId, filter, signal) => askLogPage(parts, keyId, filter, signal),
    saveCsv: saveCsv,
    now: () => clock.now(),
  });
  const parts: CommandParts = { ...running, panels: { usage, logs } };
  return parts;
}
