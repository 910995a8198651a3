import type { Uri } from 'vscode';
import { loadLate } from '../../core/loadLate.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Secrets } from '../../core/ports/secrets.ts';
import { KeyService } from '../../services/keys/keyService.ts';
import type { Monitor } from '../../services/polling/monitor.ts';
import type { RequestParts } from '../../services/requests/askGateway.ts';
import { KeyRequests } from '../../services/requests/keyRequests.ts';
import { RangeAnswers } from '../../services/usage/rangeAnswers.ts';
import type { MuteService } from '../../services/warnings/muteService.ts';
import { SecretClipboard } from '../host/clipboard.ts';
import type { ProxyLogins } from '../host/proxyLogins.ts';
import { LogsPanel } from '../panels/logsPanel.ts';
import { UsagePanel } from '../panels/usagePanel.ts';
import type { Views } from '../views/views.ts';
import { checkArgument } from './arguments.ts';
import type { CommandId } from './commandIds.ts';
import type { CommandParts } from './commandParts.ts';
import { commands } from './commands.ts';
import { copiedSecrets } from './keys/orphanedSecrets.ts';
import { redactResult } from './redactResult.ts';
import { askForPanel, askNowForPanel } from './usage/askForPanel.ts';
import { askLogPage, saveCsv } from './usage/askLogs.ts';
import { exportReports } from './usage/exportReports.ts';

/** What runs already when the first command comes. */
export interface CommandRunnerParts extends RequestParts {
  readonly monitor: Monitor;
  readonly secrets: Secrets;
  readonly proxyLogins: ProxyLogins;
  readonly muteService: MuteService;
  readonly log: Log;
  readonly views: Views;
  readonly extensionUri: Uri;
}

/** Where people's wishes are seen to. Loaded with the first of them: figures come on screen without it. */
export interface CommandRunner {
  readonly parts: CommandParts;
  run(id: CommandId, argument: unknown): Promise<unknown>;
  openLink(uri: Uri): Promise<void>;
  dispose(): Promise<void>;
}

/** Builds what commands work with, beside what runs already. */
export function createCommandRunner({ extensionUri, ...running }: CommandRunnerParts): CommandRunner {
  const usage = new UsagePanel({
    extensionUri,
    ask: (question, progress, signal) => askForPanel(parts, question, progress, signal),
    askNow: (question, progress, signal) => askNowForPanel(parts, question, progress, signal),
    exportReports,
    now: () => running.clock.now(),
    after: (ms, work) => running.clock.after(ms, work),
  });
  const logs = new LogsPanel({
    extensionUri,
    find: keyId => parts.keyService.findById(keyId),
    ask: (keyId, filter, signal) => askLogPage(parts, keyId, filter, signal),
    save: saveCsv,
    now: () => running.clock.now(),
  });
  const { clock, secrets } = running;
  const secretClipboard = new SecretClipboard({
    secrets,
    after: (ms, work) => clock.after(ms, work),
    now: () => clock.now(),
    left: copiedSecrets(running.store),
  });
  const parts: CommandParts = {
    ...running,
    secretClipboard,
    keyService: new KeyService({ ...running, changed: () => running.monitor.reload() }),
    keyRequests: new KeyRequests(running),
    rangeAnswers: new RangeAnswers(),
    panels: { usage, logs },
  };
  return {
    parts,
    run: (id, argument) =>
      redactResult(async () => {
        checkArgument(id, argument);
        return commands[id](parts, argument);
      }),
    openLink: async uri => (await loadLate(() => import('./keys/openLink.ts'))).openLink(parts, uri),
    async dispose() {
      usage.dispose();
      logs.dispose();
      await secretClipboard.clear();
    },
  };
}
