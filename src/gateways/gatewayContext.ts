import type { CredentialType } from '../core/quota/key.ts';
import type { Reading } from '../core/quota/reading.ts';
import type { UnitOverride } from '../core/quota/unit.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { Site } from './site.ts';
import type { SiteNotes } from './siteNotesType.ts';

/**
 * What a gateway implementation is given: a way to send requests to one origin, and what is known about its
 * units.
 */
export interface GatewayContext {
  /** Reserves the call, adds the secret and sends; every other origin is refused. */
  readonly sendRequest: SendRequest;
  readonly credential: CredentialType;
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
  /** Whether the user allowed the secret in the URL of a log request. */
  readonly mayStandInUrl?: boolean;
  /** The user's settings for units of this gateway. */
  readonly unitOverride?: UnitOverride;
  /** The time in epoch milliseconds. */
  readonly now: () => number;
}
