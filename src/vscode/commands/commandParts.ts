import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyService } from '../../services/keys/keyService.ts';
import type { Monitor } from '../../services/polling/monitor.ts';
import type { KeyRequests } from '../../services/requests/keyRequests.ts';
import type { SpendingLimitService } from '../../services/spendingLimits/spendingLimitService.ts';
import type { HistoryService } from '../../services/usage/historyService.ts';
import type { UsageCache } from '../../services/usage/usageCache.ts';
import type { MuteService } from '../../services/warnings/muteService.ts';
import type { SecretClipboard } from '../host/clipboard.ts';
import type { ProxyLogins } from '../host/proxyLogins.ts';
import type { Webhook } from '../notifications/webhook.ts';
import type { LogsPanel } from '../panels/logsPanel.ts';
import type { OverviewPanel } from '../panels/overviewPanel.ts';
import type { UsagePanel } from '../panels/usagePanel.ts';
import type { Views } from '../views/views.ts';

/** The extension's webview panels. */
interface Panels {
  readonly usage: UsagePanel;
  readonly logs: LogsPanel;
  readonly overview: OverviewPanel;
}

/** The services and views that commands use. */
export interface CommandParts {
  readonly monitor: Monitor;
  readonly keyService: KeyService;
  readonly keyRequests: KeyRequests;
  /** The last answers about ranges. */
  readonly usageCache?: UsageCache;
  readonly historyService: HistoryService;
  readonly store: Store;
  readonly settings: () => Settings;
  readonly panels: Panels;
  readonly views: Views;
  readonly muteService: MuteService;
  readonly limitService: SpendingLimitService;
  readonly secretClipboard: SecretClipboard;
  readonly proxyLogins: ProxyLogins;
  /** The user's webhook; its code is loaded with the first warning. */
  readonly webhook: () => Promise<Webhook>;
  readonly clock: Clock;
  readonly log: Log;
}
