import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Transport } from '../../http/transport.ts';
import type { Redactor } from '../../redaction/redactor.ts';

/** What a request to a gateway needs. */
export interface RequestParts {
  readonly store: Store;
  readonly transport: Transport;
  readonly redactor: Redactor;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this machine has a network that leads to a base URL; always, unless told. */
  readonly isReachable?: (baseUrl: string) => boolean;
}
