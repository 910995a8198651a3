import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';

/** A gateway's answer about a range, and when it was given. */
export interface KeptAnswer {
  readonly usage: Usage;
  /** Epoch milliseconds. */
  readonly at: number;
}

const MOST_KEPT = 300;
/** A range that ended so short a time before it was asked for is one that goes on: the last 24 hours. */
const JUST_NOW_MS = MINUTE_MS;

/**
 * The last answer of each gateway to each range that was asked for, in memory: what is shown, with its age, while
 * the gateway may not be asked again.
 */
export class RangeAnswers {
  readonly #kept = new Map<string, KeptAnswer>();

  keep(key: KeyRecord, range: Range, usage: Usage, now: number): void {
    const name = nameOf(key, range, now);
    this.#kept.delete(name);
    this.#kept.set(name, { usage, at: now });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  last(key: KeyRecord, range: Range, now: number): KeptAnswer | undefined {
    return this.#kept.get(nameOf(key, range, now));
  }

  /** The keys in the order in which they are best asked: those without an answer first, then the oldest ones. */
  byAge(keys: readonly KeyRecord[], range: Range, now: number): readonly KeyRecord[] {
    const at = (key: KeyRecord) => this.last(key, range, now)?.at ?? 0;
    return keys.toSorted((a, b) => at(a) - at(b));
  }
}

/** Another secret may belong to another account, so its answers are of something else. */
function nameOf({ id, fingerprint }: KeyRecord, { from, to }: Range, now: number): string {
  const isGoingOn = to <= now && now - to < JUST_NOW_MS;
  return JSON.stringify([id, fingerprint, isGoingOn ? `last ${to - from}` : [from, to]]);
}
