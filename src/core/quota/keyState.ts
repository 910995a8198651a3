import type { BaseUrl } from '../input/baseUrl.ts';
import type { SpendingProgress } from '../spendingLimits/spendingLimit.ts';
import type { CredentialType } from './key.ts';
import type { Reading } from './reading.ts';
import type { Status } from './statusName.ts';

/** Why the last check brought no reading, in words for a person. */
interface FailureNote {
  readonly class: string;
  readonly message: string;
  /** What exactly happened, as a word for programs; see `FailureReason`. */
  readonly reason?: string;
  /** ISO 8601. */
  readonly retryAt?: string;
}

/** How long a key will last, and what it spends a day. */
export interface Forecast {
  /** ISO 8601. */
  readonly lastsUntil?: string;
  /** Spend per day in the reading's unit. */
  readonly perDay?: number;
  readonly confidence: 'none' | 'low' | 'fair' | 'good';
}

/**
 * What a key spent: as its gateway told, and since then as its readings showed. Amounts in the reading's unit, days and
 * months are local ones.
 */
export interface KeySpend {
  readonly today: number;
  /** Within the last seven days, today included. */
  readonly week: number;
  /** Since Monday. */
  readonly calendarWeek: number;
  readonly month: number;
  /** ISO 8601: when the month began; absent where it was on the first. */
  readonly monthFrom?: string;
  /** ISO 8601: from here on nothing is missing. A figure that begins before is too low by what was spent until then. */
  readonly since: string;
  /** ISO 8601: spend is known until then, and not for the hours since. Absent where that is just now. */
  readonly until?: string;
  /**
   * ISO 8601: midnights over which readings noticed spend so long after the one before that it may be of either day. It is in
   * figures of both, and in those of neither, which are too low by a part of it. Absent where there are none.
   */
  readonly undividedAt?: readonly string[];
  /** Whether nothing is missing in any of `today`, `week` and `month`. */
  readonly complete: boolean;
  /** By day, the last 14, today last. */
  readonly days: readonly number[];
}

/** Spend with the unit, day and month it was worked out for, each of which may have changed since. */
export interface SpendInUnit {
  /** See `unitId`. */
  readonly unitId: string;
  /** The local day that is `today`, as in `dayOf`. */
  readonly day: number;
  /** See `Settings.monthBegins`. */
  readonly monthBegins: number;
  readonly spend: KeySpend;
}

/**
 * Everything known about one key now. This is the public shape: commands return it, the extension's API
 * offers it, every view renders it. It never holds a secret.
 */
export interface KeyState {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  /** Scheme, host and port, for example `https://api.example.com`. */
  readonly origin: string;
  /** Where the gateway is mounted below a path: the origin with that path. */
  readonly baseUrl?: BaseUrl;
  readonly credential: CredentialType;
  readonly pinned: boolean;
  /** The name of the server that told of it, where its secret is there and not on this machine. */
  readonly via?: string;
  /** What the user wrote about it. */
  readonly note?: string;
  readonly status: Status;
  readonly reading?: Reading;
  readonly failure?: FailureNote;
  readonly forecast?: Forecast;
  /** Absent while nothing is known of what it spent. */
  readonly spend?: KeySpend;
  /** The user's own limits for it, the shortest period first. Absent where there are none. */
  readonly spendingLimits?: readonly SpendingProgress[];
  /** ISO 8601: when the gateway was last asked, whatever came of it. */
  readonly checkedAt?: string;
  /** ISO 8601; absent while checks are paused. */
  readonly nextCheckAt?: string;
  /** The account whose list the figures came from, or the server; absent where the key was asked itself. */
  readonly readFrom?: { readonly id: string; readonly label: string; readonly isServer?: true };
  /** The account that lists the key, where a person wants it asked itself all the same. */
  readonly separatedFrom?: { readonly id: string; readonly label: string };
  /** The account that listed the key last, whichever way its figures came since. */
  readonly listedBy?: { readonly id: string; readonly label: string };
  /** Present where others ask the gateway from the same address, and checks are therefore so far apart. */
  readonly sharedAddress?: { readonly everyMinutes: number };
}
