import * as vscode from 'vscode';
import type { CommandId } from './commands/commandIds.ts';
import type { Desk } from './commands/desk.ts';
import { createLog } from './host/log.ts';
import { isReachable } from './host/network.ts';
import { Secrets } from './host/secrets.ts';
import { onSettingsChange, readSettings, rereadOrigins } from './host/settings.ts';
import { windowActivity } from './host/windowActivity.ts';
import { Redactor } from './http/redact.ts';
import type { Transport } from './http/transport.ts';
import { systemClock } from './monitor/clock.ts';
import { Housekeeping } from './monitor/housekeeping.ts';
import { Monitor } from './monitor/monitor.ts';
import { Silencing } from './monitor/silencing.ts';
import type { KeyState } from './quota/keyState.ts';
import { Store } from './store/store.ts';
import { revivePanels } from './views/panelRevival.ts';
import { StatusBar } from './views/statusBar.ts';
import { storeTroubleText } from './views/storeTrouble.ts';
import { KeyTree } from './views/tree.ts';
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
  let loaded: Promise<Transport> | undefined;
  const transport: Transport = async request => {
    loaded ??= import('./http/transport.ts').then(({ createTransport, MAX_BODY_BYTES }) =>
      createTransport(
        () => globalThis.fetch,
        () => ({ timeoutMs: settings.timeoutMs, maxBytes: MAX_BODY_BYTES }),
      ),
    );
    return (await loaded)(request);
  };
  const silencing = new Silencing(store, clock);
  const parts = { store, transport, redactor, clock, secrets, log, silencing, settings: () => settings };
  const monitor = new Monitor({
    ...parts,
    activity: windowActivity,
    chance: Math.random,
    isReachable,
    secretsShared: vscode.env.uiKind === vscode.UIKind.Desktop,
  });
  const statusBar = new StatusBar();
  const tree = new KeyTree();
  let opened: Promise<Desk> | undefined;
  const desk = () => {
    opened ??= import('./commands/desk.ts').then(({ openDesk }) =>
      openDesk({ ...parts, monitor, statusBar, tree, extensionUri: context.extensionUri }),
    );
    return opened;
  };
  const rebuild = async () => {
    if ((await secrets.ids()).length > 0) await (await desk()).parts.book.rebuild();
  };
  onTrouble = rebuild;

  const render = () => {
    statusBar.render(monitor.snapshot, clock.now());
    tree.render(monitor.snapshot, clock.now());
  };
  context.subscriptions.push(
    statusBar,
    tree,
    log,
    monitor,
    new Housekeeping({ store, clock, log, settings: () => settings }),
    revivePanels(async name => (await desk()).parts.panels[name]),
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
  if (store.fresh) await rebuild();
  await monitor.start();
  render();
  // Figures come on screen first; nobody is warned in the first seconds anyway.
  const bell = import('./views/bell.ts').then(({ hangBell }) =>
    hangBell({
      ...parts,
      monitor,
      activity: windowActivity,
      low: () => settings.low,
      note: text => tree.note(text),
    }),
  );

  return {
    get snapshot() {
      return monitor.snapshot;
    },
    run: async (id, argument) => (await desk()).run(id, argument),
    async stop() {
      (await opened)?.dispose();
      (await bell).dispose();
      monitor.dispose();
      await monitor.idle();
      store.close();
    },
  };
}
