import type { CredentialType } from '../core/quota/key.ts';
import type { Reading } from '../core/quota/reading.ts';
import type { UnitOverride } from '../core/quota/unit.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { Site } from './site.ts';
import type { SiteNotes } from './siteNotesType.ts';

/** What a gateway needs to answer: the bound way to ask, and what is known about its units. */
export interface GatewayContext {
  readonly sendRequest: SendRequest;
  readonly credential: CredentialType;
  /** See `KeyRecord.userId`. */
  readonly userId?: string;
  /** What the gateway says about itself; undefined when it could not be asked or does not say. */
  readonly site?: Site;
  /** What was learnt about the site so far; it grows while the question is put. */
  readonly notes?: () => SiteNotes;
  /** Keeps something that was learnt, for all keys of the site. */
  readonly note?: (change: SiteNotes) => void;
  /** Tells keys of a site apart, by their secrets and not by their records; undefined for one that is only tried out. */
  readonly keyHash?: string;
  /** The last good reading of the key. */
  readonly lastReading?: Reading;
  /** Whether the secret may stand in the URL of a question for its log. */
  readonly mayStandInUrl?: boolean;
  /** The user's own word on units for this gateway. */
  readonly unitOverride?: UnitOverride;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
