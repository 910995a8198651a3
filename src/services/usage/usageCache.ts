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

/**
 * Caches in memory the last answer to each range: it is shown, with its age, while the gateway may not be
 * asked.
 */
export class UsageCache {
  readonly #cache = new Map<string, CachedUsage>();

  /** Caches an answer of time `now` (epoch milliseconds); the oldest of more than 300 is dropped. */
  cacheUsage(key: KeyRecord, range: Range, usage: Usage, now: number): void {
    const name = cacheKey(key, range, now);
    this.#cache.delete(name);
    this.#cache.set(name, { usage, at: now });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MAX_CACHED && oldest !== undefined) this.#cache.delete(oldest);
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

/** The fingerprint is part of it: another secret may belong to another account. */
function cacheKey({ id, fingerprint }: KeyRecord, { from, to }: Range, now: number): string {
  const isRolling = to <= now && now - to < ROLLING_RANGE_SLACK_MS;
  return JSON.stringify([id, fingerprint, isRolling ? `last ${to - from}` : [from, to]]);
}
