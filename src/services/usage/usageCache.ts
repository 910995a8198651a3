import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';

/** A cached answer of a gateway. */
export interface CachedUsage {
  readonly usage: Usage;
  /** Epoch milliseconds. */
  readonly at: number;
}

const MAX_CACHED = 300;
/** A range that ends so shortly before now is rolling, such as the last 24 hours: it is cached by its length. */
const ROLLING_RANGE_SLACK_MS = MINUTE_MS;

/** How long a gateway is not asked the same question again, as long as nothing suggests another answer. */
const JUST_ASKED_MS = MINUTE_MS;

/**
 * Caches in memory the last answer to each range: it is shown, with its age, while the gateway may not be
 * asked.
 */
export class UsageCache {
  readonly #cache = new Map<string, CachedUsage>();
  /** When a gateway was asked for each range, and what the key had used by its reading then. */
  readonly #asked = new Map<string, { readonly at: number; readonly used: number | undefined }>();

  /** Caches an answer of time `now` (epoch milliseconds); the oldest of more than 300 is dropped. */
  cacheUsage(key: KeyRecord, range: Range, usage: Usage, now: number): void {
    setNewest(this.#cache, cacheKey(key, range, now), { usage, at: now });
  }

  /** Notes that a gateway was asked for a range and answered; `used` is what the key has used by its reading. */
  noteAsked(key: KeyRecord, range: Range, used: number | undefined, now: number): void {
    setNewest(this.#asked, cacheKey(key, range, now), { at: now, used });
  }

  /** Whether that was a moment ago, and the key has not spent since as far as is known. */
  wasJustAsked(key: KeyRecord, range: Range, used: number | undefined, now: number): boolean {
    const asked = this.#asked.get(cacheKey(key, range, now));
    if (!asked || asked.used !== used) return false;
    const age = now - asked.at;
    return age >= 0 && age < JUST_ASKED_MS;
  }

  /** The cached answer to a range; undefined when there is none. */
  cachedUsage(key: KeyRecord, range: Range, now: number): CachedUsage | undefined {
    return this.#cache.get(cacheKey(key, range, now));
  }

  /** The keys without a cached answer first, then those with the oldest. */
  oldestFirst(keys: readonly KeyRecord[], range: Range, now: number): readonly KeyRecord[] {
    const at = (key: KeyRecord) => this.cachedUsage(key, range, now)?.at ?? 0;
    return keys.toSorted((a, b) => at(a) - at(b));
  }
}

/** Sets an entry that is the newest from now on; the oldest of too many is dropped. */
function setNewest<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name);
  map.set(name, value);
  const [oldest] = map.keys();
  if (map.size > MAX_CACHED && oldest !== undefined) map.delete(oldest);
}

/** The fingerprint is part of it: another secret may belong to another account. */
function cacheKey({ id, fingerprint }: KeyRecord, { from, to }: Range, now: number): string {
  const isRolling = to <= now && now - to < ROLLING_RANGE_SLACK_MS;
  return JSON.stringify([id, fingerprint, isRolling ? `last ${to - from}` : [from, to]]);
}
