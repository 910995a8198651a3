import * as vscode from 'vscode';
import { askForPanel } from './commands/askForPanel.ts';
import type { CommandId } from './commands/commandIds.ts';
import type { CommandParts } from './commands/commandParts.ts';
import { loadCommand } from './commands/commands.ts';
import { exportReports } from './commands/exportReports.ts';
import { createLog } from './host/log.ts';
import { isReachable } from './host/network.ts';
import { Secrets } from './host/secrets.ts';
import { onSettingsChange, readSettings, rereadOrigins } from './host/settings.ts';
import { windowActivity } from './host/windowActivity.ts';
import { Redactor } from './http/redact.ts';
import { createTransport, MAX_BODY_BYTES } from './http/transport.ts';
import { systemClock } from './monitor/clock.ts';
import { Housekeeping } from './monitor/housekeeping.ts';
import { KeyBook } from './monitor/keyBook.ts';
import { Monitor } from './monitor/monitor.ts';
import { Questions } from './monitor/questions.ts';
import type { KeyState } from './quota/keyState.ts';
import { Store } from './store/store.ts';
import { StatusBar } from './views/statusBar.ts';
import { storeTroubleText } from './views/storeTrouble.ts';
import { KeyTree } from './views/tree.ts';
import { UsagePanel } from './views/usagePanel.ts';
import { speak } from './words/l10n.ts';

/** The running extension, as its thin entry sees it. */
export interface App {
  readonly snapshot: readonly KeyState[];
  run(id: CommandId, argument: unknown): unknown;
  stop(): Promise<void>;
}

/** Builds the parts and connects them. The only file that knows all the others. */
export async function startApp(
  context: vscode.ExtensionContext,
  changed: vscode.EventEmitter<readonly KeyState[]>,
): Promise<App> {
  speak(vscode.env.language, (message, ...args) => vscode.l10n.t(message, ...(args as string[])));
  const redactor = new Redactor();
  const clock = systemClock;
  const log = createLog('Key Quota', redactor);
  let onTrouble = async () => undefined as unknown;
  const store = new Store(context.globalStorageUri.fsPath, clock.now(), trouble => {
    void vscode.window.showWarningMessage(storeTroubleText(trouble));
    void onTrouble();
  });
  const secrets = new Secrets(context.secrets, redactor);
  let settings = readSettings();
  const transport = createTransport(
    () => globalThis.fetch,
    () => ({ timeoutMs: settings.timeoutMs, maxBytes: MAX_BODY_BYTES }),
  );
  const checkParts = { store, transport, redactor, clock, settings: () => settings };
  const monitor = new Monitor({
    ...checkParts,
    secrets,
    log,
    activity: windowActivity,
    chance: Math.random,
    isReachable,
    secretsShared: vscode.env.uiKind === vscode.UIKind.Desktop,
  });
  const book = new KeyBook({ ...checkParts, secrets, changed: () => monitor.reload() });
  onTrouble = () => book.rebuild();
  const questions = new Questions({ ...checkParts, secrets });
  const parts: CommandParts = {
    monitor,
    book,
    questions,
    store,
    clock,
    log,
    settings: () => settings,
    panels: {
      usage: new UsagePanel({
        extensionUri: context.extensionUri,
        ask: (question, progress, signal) => askForPanel(parts, question, progress, signal),
        exportReports,
        now: () => clock.now(),
      }),
    },
  };

  const statusBar = new StatusBar();
  const tree = new KeyTree();
  const render = () => {
    statusBar.render(monitor.snapshot, clock.now());
    tree.render(monitor.snapshot, clock.now());
  };
  context.subscriptions.push(
    statusBar,
    tree,
    log,
    monitor,
    new Housekeeping(store, clock, () => settings),
    monitor.onDidChange(snapshot => {
      render();
      changed.fire(snapshot);
    }),
    onSettingsChange(() => {
      const before = settings;
      settings = readSettings();
      void monitor.takeInSettings(rereadOrigins(before, settings)).then(render);
    }),
  );
  if (store.fresh) await book.rebuild();
  await monitor.start();
  render();

  return {
    get snapshot() {
      return monitor.snapshot;
    },
    run: async (id, argument) => (await loadCommand(id))(parts, argument),
    async stop() {
      monitor.dispose();
      await monitor.idle();
      store.close();
    },
  };
}
