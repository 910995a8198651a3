import * as vscode from 'vscode';
import { lazyImport } from '../core/lazyImport.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Store } from '../core/ports/store.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { changedDescriptions } from '../gateways/described/changedDescriptions.ts';
import { describedKind } from '../gateways/described/described.ts';
import { allDescriptions } from '../gateways/described/descriptions.ts';
import { isReachable } from '../http/network.ts';
import { redactor } from '../redaction/redactor.ts';
import { Housekeeping } from '../services/housekeeping.ts';
import { AccountLinkNotice } from '../services/keys/accountLinkNotice.ts';
import { KeyService } from '../services/keys/keyService.ts';
import { OrphanedSecretCheck } from '../services/keys/orphanedSecretCheck.ts';
import { OrphanedSecretService } from '../services/keys/orphanedSecretService.ts';
import { Monitor } from '../services/polling/monitor.ts';
import { KeyRequests } from '../services/requests/keyRequests.ts';
import { SpendingLimitService } from '../services/spendingLimits/spendingLimitService.ts';
import { shareSettings } from '../services/tools/sharedSettings.ts';
import { HistoryService } from '../services/usage/historyService.ts';
import { UsageCache } from '../services/usage/usageCache.ts';
import { MuteService } from '../services/warnings/muteService.ts';
import type { CommandParts } from './commands/commandParts.ts';
import { readAgentSettings } from './host/agentSettings.ts';
import { SecretClipboard } from './host/clipboard.ts';
import { applyDescriptions } from './host/describedSettings.ts';
import { baseUrlsToRefresh } from './host/gatewayRoutes.ts';
import { lazyTransport } from './host/lazyTransport.ts';
import { createLog } from './host/log.ts';
import { ProxyLogins } from './host/proxyLogins.ts';
import { prepareForGoneFiles } from './host/reload.ts';
import { StoredSecrets } from './host/secrets.ts';
import { onSettingsChange, readSettings } from './host/settings.ts';
import { onThemeChange, themeKind } from './host/themeKind.ts';
import { areWarningsOn } from './host/warningSettings.ts';
import { windowActivity } from './host/windowActivity.ts';
import { showLinkedKeys } from './notifications/linkedKeysNotice.ts';
import { hintWhenRemoteOnly } from './notifications/remoteHint.ts';
import { startNotifications } from './notifications/startNotifications.ts';
import type { Webhook } from './notifications/webhook.ts';
import type { Spend } from './startSpend.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from './views/tooltip.ts';
import type { Views } from './views/views.ts';

/** What the start has already created: the database, and the views with the stored figures. */
export interface MainPartsInput {
  readonly context: vscode.ExtensionContext;
  readonly store: Store;
  readonly clock: Clock;
  readonly views: Views;
  readonly publish: (keys: readonly KeyState[]) => void;
}

/** All services, and how they start and stop. */
export interface MainParts extends Omit<CommandParts, 'panels'> {
  readonly orphanedSecretCheck: OrphanedSecretCheck;
  /** Starts polling and warnings. */
  start(): Promise<void>;
  stopPolling(): void;
  closeTransport(): Promise<void>;
}

/** Builds all services and connects them. No request is sent before `start`. */
export function createMainParts({ context, store, clock, views, publish }: MainPartsInput): MainParts {
  prepareForGoneFiles();
  views.statusBar.addTooltips({
    markdownOf: (keys, now) => tooltipMarkdown(keys, now, themeKind()),
    commands: TOOLTIP_COMMANDS,
  });
  const log = createLog('Key Quota');
  const secretsShared = vscode.env.uiKind === undefined || vscode.env.uiKind !== vscode.UIKind?.Web;
  const secrets = new StoredSecrets(context.secrets, redactor, { shared: secretsShared });
  let current = readSettings();
  const settings = () => current;
  const proxyLogins = new ProxyLogins(context.secrets, redactor, () => current.timeoutMs / 2);
  const { transport, close: closeTransport } = lazyTransport(settings, proxyLogins);
  const requestParts = { store, transport, redactor, clock, secrets, log, settings, isReachable };
  const monitor = new Monitor({
    ...requestParts,
    activity: windowActivity,
    chance: Math.random,
    isWatched: () => isWatched(),
    secretsShared,
  });
  const isWatched = () => views.visible || areWarningsOn();
  const render = () => views.renderViews(monitor.snapshot);
  const onChange = () => monitor.reload();
  const keyService = new KeyService({ ...requestParts, onChange });
  const orphanedSecretService = new OrphanedSecretService({ ...requestParts, onChange });
  const muteService = new MuteService(store, clock);
  const limitService = new SpendingLimitService(store);
  const secretClipboard = new SecretClipboard({
    secrets,
    after: (ms, work) => clock.after(ms, work),
    now: () => clock.now(),
    store,
  });
  const orphanedSecretCheck = new OrphanedSecretCheck({
    clock,
    log,
    service: orphanedSecretService,
    async offer(found) {
      const { offerOrphanedSecrets } = await lazyImport(
        () => import('./commands/keys/offerOrphanedSecrets.ts'),
      );
      await offerOrphanedSecrets(orphanedSecretService, found);
    },
  });
  let loadedWebhook: Promise<Webhook> | undefined;
  const webhook = () => {
    loadedWebhook ??= lazyImport(() => import('./notifications/webhook.ts')).then(
      loaded => new loaded.Webhook({ storage: context.secrets, redactor, transport, clock, log }),
    );
    return loadedWebhook;
  };
  let notifications: { dispose(): void } | undefined;
  let linkNotice: { dispose(): void } | undefined;
  let spend: Spend | undefined;
  let isStopped = false;
  const shareWithPrograms = () => {
    try {
      shareSettings(store, current, readAgentSettings());
    } catch (error) {
      log.warn(`Programs outside VS Code do not know of the settings: ${String(error)}`);
    }
  };

  context.subscriptions.push(
    log,
    proxyLogins,
    monitor,
    orphanedSecretCheck,
    new Housekeeping({ store, clock, log, settings }),
    views.tree.onDidChangeVisibility(() => monitor.checkDue()),
    views.tree.onDidOrder(ids => {
      keyService.setOrder(ids).catch(async (error: unknown) => {
        const { showError } = await lazyImport(() => import('./host/messages.ts'));
        await showError(error instanceof Error ? error.message : String(error));
      });
    }),
    monitor.onDidChange(snapshot => {
      render();
      publish(snapshot);
    }),
    onThemeChange(() => {
      render();
      views.tree.redrawLines();
    }),
    onSettingsChange(() => {
      const [before, descriptions] = [current, allDescriptions()];
      current = readSettings();
      shareWithPrograms();
      applyDescriptions();
      const kinds = new Set([...changedDescriptions(descriptions)].map(describedKind));
      monitor
        .applySettings(baseUrlsToRefresh(before, current), kinds)
        .then(render)
        .catch((error: unknown) => log.warn(`Settings were not taken in: ${String(error)}`));
    }),
  );

  /** Nothing waits for it: what keys spent is shown as soon as it is worked out. */
  const startSpendLater = async () => {
    const { startSpend } = await lazyImport(() => import('./startSpend.ts'));
    const activity = windowActivity;
    if (!isStopped)
      spend = startSpend({
        ...{ ...requestParts, monitor, activity, isWatched },
        limitService,
        render,
      });
  };

  return {
    ...{
      store,
      clock,
      log,
      settings,
      views,
      monitor,
      keyService,
      muteService,
      limitService,
      proxyLogins,
      webhook,
    },
    keyRequests: new KeyRequests(requestParts),
    usageCache: new UsageCache(),
    historyService: new HistoryService(store, clock, keyId => spend?.forgetKey(keyId)),
    secretClipboard,
    orphanedSecretCheck,
    async start() {
      await monitor.start();
      shareWithPrograms();
      if (store.fresh) orphanedSecretCheck.adoptAll();
      else orphanedSecretCheck.offerLater();
      render();
      try {
        secretClipboard.clearAfterOtherWindow();
      } catch (error) {
        log.warn(`Whether a secret is on the clipboard could not be read: ${String(error)}`);
      }
      notifications = startNotifications({
        ...{ store, clock, log, monitor, muteService },
        activity: windowActivity,
        settings,
        postToWebhook: async warnings => (await webhook()).tell(warnings),
        showMuteNote: text => views.tree.setMessage(text),
      });
      linkNotice = new AccountLinkNotice({
        ...{ store, clock, log, monitor },
        activity: windowActivity,
        show: linked => {
          showLinkedKeys(linked).catch(error => log.warn(`Keys could not be separated: ${String(error)}`));
        },
      });
      hintWhenRemoteOnly(context).catch(error => log.warn(`A hint could not be shown: ${String(error)}`));
      startSpendLater().catch(error => log.warn(`What keys spent cannot be shown: ${String(error)}`));
    },
    stopPolling() {
      isStopped = true;
      spend?.dispose();
      notifications?.dispose();
      linkNotice?.dispose();
      void loadedWebhook?.then(loaded => loaded.dispose());
      monitor.dispose();
    },
    closeTransport,
  };
}
