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
import { OrphanedSecrets } from '../services/keys/orphanedSecrets.ts';
import { Monitor } from '../services/polling/monitor.ts';
import { MuteService } from '../services/warnings/muteService.ts';
import type { App } from './app.ts';
import type { CommandRunner } from './commands/commandRunner.ts';
import { hasCopiedSecrets } from './commands/keys/orphanedSecrets.ts';
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
  readonly views: Views;
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
export async function startEngine({ context, store, clock, views, publish }: EngineParts): Promise<Engine> {
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
  const muteService = new MuteService(store, clock);
  const parts = { store, transport, redactor, clock, secrets, log, muteService, settings: () => settings };
  const monitor = new Monitor({
    ...parts,
    activity: windowActivity,
    chance: Math.random,
    isReachable,
    isWatched: () => views.visible || areWarningsOn(),
    secretsShared,
  });
  let opened: Promise<CommandRunner> | undefined;
  const desk = () => {
    opened ??= loadLate(() => import('./commands/commandRunner.ts')).then(
      ({ createCommandRunner: openDesk }) =>
        openDesk({ ...parts, proxyLogins, monitor, views, extensionUri: context.extensionUri }),
    );
    return opened;
  };
  const keyService = async () => (await desk()).parts.keyService;
  const orphans = new OrphanedSecrets({
    clock,
    log,
    keyService,
    async offer(found) {
      const { offerOrphanedSecrets: offerStrays } = await loadLate(
        () => import('./commands/keys/offerOrphanedSecrets.ts'),
      );
      await offerStrays({ keyService: await keyService(), store, clock }, found);
    },
  });
  const lacks = (what: string) => log.info(`This editor has no ${what}.`);

  const render = () => views.render(monitor.snapshot);
  context.subscriptions.push(
    views,
    log,
    proxyLogins,
    monitor,
    new Housekeeping({ store, clock, log, settings: () => settings }),
    ifAvailable(
      'window.registerWebviewPanelSerializer',
      () => revivePanels(async name => (await desk()).parts.panels[name]),
      lacks,
    ),
    orphans,
    views.tree.onDidChangeVisibility(() => monitor.checkDue()),
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
  if (store.fresh) orphans.rebuild();
  else orphans.look();
  render();
  if (hasCopiedSecrets(store))
    void desk().then(({ parts: { secretClipboard } }) => secretClipboard.clearAfterOtherWindow());
  const bell = startNotifications({
    ...parts,
    monitor,
    activity: windowActivity,
    low: () => settings.low,
    showMuteNote: text => views.tree.note(text),
  });

  return {
    rebuild: () => orphans.rebuild(),
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
