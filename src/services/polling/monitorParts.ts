import type { Log } from '../../core/ports/log.ts';
import type { Secrets } from '../../core/ports/secrets.ts';
import type { WindowActivity } from '../../core/ports/windowActivity.ts';
import type { RequestParts } from '../requests/requestParts.ts';

/** What `Monitor` needs, beside what requests need. */
export interface MonitorParts extends RequestParts {
  readonly secrets: Secrets;
  readonly activity: WindowActivity;
  readonly log: Log;
  /** 0 to 1; spreads checks. */
  readonly chance: () => number;
  /** Whether all windows see the same SecretStorage; in a browser host each has its own copy. */
  readonly secretsShared: boolean;
  /** Whether this machine has a network that leads to a base URL. */
  readonly isReachable: (baseUrl: string) => boolean;
  /** Whether anyone would see or hear what checks bring; always, unless told. */
  readonly isWatched?: () => boolean;
}
