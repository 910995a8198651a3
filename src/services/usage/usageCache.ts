import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';

/** A gateway's answer about a range, and when it was given. */
export interface CachedUsage {
  readonly usage: Usage;
  /** Epoch milliseconds. */
  readonly at: number;
}

const MAX_CACHED = 300;
/** A range that ended so short a time before it was asked for is one that goes on: the last 24 hours. */
const ROLLING_RANGE_SLACK_MS = MINUTE_MS;

/**
 * The last answer of each gateway to each range that was asked for, in memory: what is shown, with its age, while
 * the gateway may not be asked again.
 */
export class UsageCache {
  readonly #cache = new Map<string, CachedUsage>();

  cacheUsage(key: KeyRecord, range: Range, usage: Usage, now: number): void {
    const name = cacheKey(key, range, now);
    this.#cache.delete(name);
    this.#cache.set(name, { usage, at: now });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MAX_CACHED && oldest !== undefined) this.#cache.delete(oldest);
  }

  cachedUsage(key: KeyRecord, range: Range, now: number): CachedUsage | undefined {
    return this.#cache.get(cacheKey(key, range, now));
  }

  /** The keys in the order in which they are best asked: those without an answer first, then the oldest ones. */
  oldestFirst(keys: readonly KeyRecord[], range: Range, now: number): readonly KeyRecord[] {
    const at = (key: KeyRecord) => this.cachedUsage(key, range, now)?.at ?? 0;
    return keys.toSorted((a, b) => at(a) - at(b));
  }
}

/** Another secret may belong to another account, so its answers are of something else. */
function cacheKey({ id, fingerprint }: KeyRecord, { from, to }: Range, now: number): string {
  const isRolling = to <= now && now - to < ROLLING_RANGE_SLACK_MS;
  return JSON.stringify([id, fingerprint, isRolling ? `last ${to - from}` : [from, to]]);
}
