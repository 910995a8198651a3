import type { SpendRecords } from '../core/ledger/spendRecord.ts';
import type { CredentialType } from '../core/quota/key.ts';
import type { KeyMemory } from '../core/quota/keyMemory.ts';
import type { Reading } from '../core/quota/reading.ts';
import type { UnitOverride } from '../core/quota/unit.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { Site } from './site.ts';
import type { SiteNotes } from './siteNotes.ts';

/**
 * What a gateway implementation is given: a way to send requests to one origin, and what is known about its
 * units.
 */
export interface GatewayContext {
  /** Reserves the call, adds the secret and sends; every other origin is refused. */
  readonly sendRequest: SendRequest;
  readonly credential: CredentialType;
  /** The base URL that the secret is bound to; tells a kind with several hosts which one this is. */
  readonly baseUrl?: string;
  /** See `KeyRecord.userId`. */
  readonly userId?: string;
  /** `/api/status`, as last read; undefined when it could not be read or does not exist. */
  readonly site?: Site;
  /** What is known about the site from earlier requests; current at each call. */
  readonly notes?: () => SiteNotes;
  /** Stores something about the site, for all its keys. */
  readonly note?: (change: SiteNotes) => void;
  /** The secret's fingerprint; undefined for a key that is only being tried out. */
  readonly keyHash?: string;
  /** The last good reading of the key. */
  readonly lastReading?: Reading;
  /** What was remembered of the key, in earlier checks and in this one; current at each call. */
  readonly memory?: () => KeyMemory;
  /** Remembers something of the key for its next check, whatever comes of this one. */
  readonly remember?: (change: KeyMemory) => void;
  /** Passes on what the gateway tells about spend, for the ledger; absent where nobody keeps it. */
  readonly recordSpend?: (records: SpendRecords) => void;
  /** Whether a person asked, so that nothing is assumed to be unchanged. */
  readonly isManual?: boolean;
  /** Whether the last reading is at or below the user's threshold. */
  readonly isLow?: boolean;
  /** Reads the site's status again, unless that was done within `maxAgeMs`. */
  readonly refreshSite?: (maxAgeMs: number) => Promise<Site | undefined>;
  /**
   * The ids of our own keys that an entry of the account's list may be, by its text there; secrets are compared and not
   * passed on. Absent where no own keys are to be found.
   */
  readonly ownKeysLike?: (listedText: string) => readonly string[];
  /** Whether the user allowed the secret in the URL of a log request. */
  readonly mayStandInUrl?: boolean;
  /** The user's settings for units of this gateway. */
  readonly unitOverride?: UnitOverride;
  /** The time in epoch milliseconds. */
  readonly now: () => number;
}
