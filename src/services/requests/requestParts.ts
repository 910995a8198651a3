import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Transport } from '../../http/transport.ts';
import type { Redactor } from '../../redaction/redactor.ts';

/** A call to a gateway that was reserved, or one that it refused with a 429. */
export interface CountedCall {
  readonly baseUrl: string;
  readonly limiter: string;
  readonly was: 'reserved' | 'refused';
}

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
  /** Counts calls, for whoever publishes how many there are. */
  readonly countCall?: (call: CountedCall) => void;
}
