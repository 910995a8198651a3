import type { Store } from '../../core/ports/store.ts';
import type { PolledKey } from '../polling/polledKey.ts';
import { MAX_HOLD_MS } from './maxHold.ts';

/** What was sent to a limiter within its window, ascending, and until when its gateway keeps us away. */
interface Sent {
  readonly at: readonly number[];
  readonly heldUntil: number;
}

/** Works out when keys have to wait for the request budget, from what was sent and what is due before them. */
export class LimiterHolds {
  readonly #store: Store;
  /** Remembered for as long as nothing can have changed. By limiter. */
  readonly #sent = new Map<string, Sent>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** When there is room for each key that is due before there is; by key id, epoch milliseconds. */
  turns(entries: readonly PolledKey[], now: number): ReadonlyMap<string, number> {
    const turns = new Map<string, number>();
    for (const line of Map.groupBy(entries, ({ limiterId }) => limiterId).values()) {
      for (const [keyId, at] of this.#turnsIn(line, now)) turns.set(keyId, at);
    }
    return turns;
  }

  /** Something was sent to the limiter of this key. */
  forget({ limiterId }: PolledKey): void {
    this.#sent.delete(limiterId);
  }

  forgetAll(): void {
    this.#sent.clear();
  }

  #turnsIn(line: readonly PolledKey[], now: number): readonly (readonly [keyId: string, at: number])[] {
    const [first] = line;
    const limiter = first?.gateway?.limiters[first.limiterName];
    if (!first || !limiter) return [];
    const { calls, windowMs } = limiter;
    const { at: sent, heldUntil } = this.#sentTo(first, now, windowMs);
    const held = Math.min(heldUntil, now + MAX_HOLD_MS);
    if (sent.length + line.length <= calls && held <= now) return [];
    // Calls from a future that a clock put back has made must not close the limiter for longer than a window.
    const calledAt = sent.filter(at => at > now - windowMs).map(at => Math.min(at, now));
    return line
      .flatMap(({ key, state: { dueAt } }) => (dueAt === undefined ? [] : [{ id: key.id, dueAt }]))
      .sort((a, b) => a.dueAt - b.dueAt)
      .flatMap(({ id, dueAt }) => {
        const slot = calledAt[calledAt.length - calls];
        const at = Math.max(dueAt, held, slot === undefined ? 0 : slot + windowMs);
        calledAt.push(Math.max(at, now));
        return at > dueAt && at > now ? [[id, at] as const] : [];
      });
  }

  #sentTo({ key, limiterName, limiterId }: PolledKey, now: number, windowMs: number): Sent {
    const { requests } = this.#store;
    const known = this.#sent.get(limiterId) ?? {
      at: requests.sentSince(key.origin, limiterName, now - windowMs),
      heldUntil: requests.heldUntil(key.origin, limiterName) ?? 0,
    };
    this.#sent.set(limiterId, known);
    return known;
  }
}
