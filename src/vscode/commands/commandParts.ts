import type { KeyBook } from '../../services/keys/keyService.ts';
import type { Monitor } from '../../services/polling/monitor.ts';
import type { Questions } from '../../services/requests/keyRequests.ts';
import type { Clock } from '../../services/systemClock.ts';
import type { RangeAnswers } from '../../services/usage/rangeAnswers.ts';
import type { Silencing } from '../../services/warnings/muteService.ts';
import type { Store } from '../../store/store.ts';
import type { SecretClipboard } from '../host/clipboard.ts';
import type { Log } from '../host/log.ts';
import type { ProxyLogins } from '../host/proxyLogins.ts';
import type { Settings } from '../host/settings.ts';
import type { LogsPanel } from '../panels/logsPanel.ts';
import type { UsagePanel } from '../panels/usagePanel.ts';
import type { Face } from '../views/views.ts';

/** Windows of our own inside the editor. */
interface Panels {
  readonly usage: UsagePanel;
  readonly logs: LogsPanel;
}

/** What commands work with. */
export interface CommandParts {
  readonly monitor: Monitor;
  readonly book: KeyBook;
  readonly questions: Questions;
  /** What gateways said about ranges before. */
  readonly answers?: RangeAnswers;
  readonly store: Store;
  readonly settings: () => Settings;
  readonly panels: Panels;
  readonly face: Face;
  readonly silencing: Silencing;
  readonly secretClipboard: SecretClipboard;
  readonly proxyLogins: ProxyLogins;
  readonly clock: Clock;
  readonly log: Log;
}

/** A command's work. What it returns is JSON, for keybindings, tasks and other extensions. */
export type CommandHandler = (parts: CommandParts, argument: unknown) => Promise<unknown> | unknown;
