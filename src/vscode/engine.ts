import * as vscode from 'vscode';
import { loadLate } from '../core/loadLate.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Store } from '../core/ports/store.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import type { Transport } from '../http/transport.ts';
import type { Transports } from '../http/transports.ts';
import { redactor } from '../redaction/redactor.ts';
import { settleWithin } from '../services/deadline.ts';
import { Housekeeping } from '../services/housekeeping.ts';
import { StraySecrets } from '../services/keys/orphanedSecrets.ts';
import { Monitor } from '../services/polling/monitor.ts';
import { MuteService } from '../services/warnings/muteService.ts';
import type { App } from './app.ts';
import type { CommandRunner } from './commands/commandRunner.ts';
import { hasLeftSecrets } from './commands/keys/orphanedSecrets.ts';
import { readCertificateFile } from './host/certificateFile.ts';
import { createLog } from './host/log.ts';
import { isReachable } from './host/network.ts';
import { ifAvailable } from './host/optionalApi.ts';
import { ProxyLogins } from './host/proxyLogins.ts';
import { expectRemoval } from './host/reload.ts';
import { StoredSecrets } from './host/secrets.ts';
import { areWarningsOn, onSettingsChange, readSettings, rereadOrigins } from './host/settings.ts';
import { windowActivity } from './host/windowActivity.ts';
import { startNotifications } from './notifications/startNotifications.ts';
import { revivePanels } from './panels/panelRevival.ts';
import type { Views } from './views/views.ts';

export interface EngineParts {
  readonly context: vscode.ExtensionContext;
  readonly store: Store;
  readonly clock: Clock;
  readonly face: Views;
  readonly publish: (keys: readonly KeyState[]) => void;
}

export interface Engine extends App {
  /** Makes records for secrets that have none. */
  rebuild(): void;
  readonly openLink: (uri: vscode.Uri) => Promise<void>;
}

/** How long anything may take to end; VS Code gives us five seconds for all of it. */
const END_MS = 1000;

/** Builds what works behind the figures on screen, and connects it. The only file that knows all the others. */
export async function startEngine({ context, store, clock, face, publish }: EngineParts): Promise<Engine> {
  expectRemoval();
  const log = createLog('Key Quota');
  const secretsShared = vscode.env.uiKind === undefined || vscode.env.uiKind !== vscode.UIKind?.Web;
  const secrets = new StoredSecrets(context.secrets, redactor, { shared: secretsShared });
  let settings = readSettings();
  const proxyLogins = new ProxyLogins(context.secrets, redactor, () => settings.timeoutMs / 2);
  let loaded: Promise<Transports> | undefined;
  const transport: Transport = async request => {
    loaded ??= loadLate(() => import('../http/transports.ts')).then(({ createTransports }) =>
      createTransports({
        routeOf: origin => settings.gateways.get(origin),
        loginOf: address => proxyLogins.read(address),
        readText: path => readCertificateFile(path, settings.timeoutMs / 2),
        timeoutMs: () => settings.timeoutMs,
      }),
    );
    return (await loaded).transport(request);
  };
  const silencing = new MuteService(store, clock);
  const parts = { store, transport, redactor, clock, secrets, log, silencing, settings: () => settings };
  const monitor = new Monitor({
    ...parts,
    activity: windowActivity,
    chance: Math.random,
    isReachable,
    isWatched: () => face.visible || areWarningsOn(),
    secretsShared,
  });
  let opened: Promise<CommandRunner> | undefined;
  const desk = () => {
    opened ??= loadLate(() => import('./commands/commandRunner.ts')).then(
      ({ createCommandRunner: openDesk }) =>
        openDesk({ ...parts, proxyLogins, monitor, face, extensionUri: context.extensionUri }),
    );
    return opened;
  };
  const book = async () => (await desk()).parts.book;
  const strays = new StraySecrets({
    clock,
    log,
    book,
    async offer(found) {
      const { offerStrays } = await loadLate(() => import('./commands/keys/offerOrphanedSecrets.ts'));
      await offerStrays({ book: await book(), store, clock }, found);
    },
  });
  const lacks = (what: string) => log.info(`This editor has no ${what}.`);

  const render = () => face.render(monitor.snapshot);
  context.subscriptions.push(
    face,
    log,
    proxyLogins,
    monitor,
    new Housekeeping({ store, clock, log, settings: () => settings }),
    ifAvailable(
      'window.registerWebviewPanelSerializer',
      () => revivePanels(async name => (await desk()).parts.panels[name]),
      lacks,
    ),
    strays,
    face.tree.onDidChangeVisibility(() => monitor.checkDue()),
    monitor.onDidChange(snapshot => {
      render();
      publish(snapshot);
    }),
    onSettingsChange(() => {
      const before = settings;
      settings = readSettings();
      monitor
        .applySettings(rereadOrigins(before, settings))
        .then(render)
        .catch((error: unknown) => log.warn(`Settings were not taken in: ${String(error)}`));
    }),
  );
  await monitor.start();
  if (store.fresh) strays.rebuild();
  else strays.look();
  render();
  if (hasLeftSecrets(store)) void desk().then(({ parts: { secretClipboard } }) => secretClipboard.takeOver());
  const bell = startNotifications({
    ...parts,
    monitor,
    activity: windowActivity,
    low: () => settings.low,
    note: text => face.tree.note(text),
  });

  return {
    rebuild: () => strays.rebuild(),
    run: async (id, argument) => (await desk()).run(id, argument),
    openLink: async uri => (await desk()).openLink(uri),
    async prepareTool(name) {
      const { prepareTool } = await loadLate(() => import('./tools/useTool.ts'));
      return prepareTool(name);
    },
    async useTool(name, input, token) {
      const { useTool } = await loadLate(() => import('./tools/useTool.ts'));
      return useTool(name, (await desk()).parts, input, token);
    },
    async stop() {
      bell.dispose();
      monitor.dispose();
      // Each has its end: what hangs must not keep the database from being closed.
      await Promise.all([
        settleWithin(async () => (await opened)?.dispose(), END_MS),
        settleWithin(() => monitor.idle(), END_MS),
      ]);
      await settleWithin(async () => (await loaded)?.close(), END_MS);
      store.close();
    },
  };
}
