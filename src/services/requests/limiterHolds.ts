import type { Store } from '../../core/ports/store.ts';
import type { PolledKey } from '../polling/polledKey.ts';
import { MAX_HOLD_MS } from './maxHold.ts';
import { lookBackMs, roomAfter } from './nextFreeAt.ts';

/** Calls to a limiter that still count, ascending, and until when it is on hold. Epoch milliseconds. */
interface SentCalls {
  readonly at: readonly number[];
  readonly heldUntil: number;
}

/** Computes until when keys wait for the request budget, from the calls sent and the keys due before them. */
export class LimiterHolds {
  readonly #store: Store;
  /** Cached by limiter until `forget`. */
  readonly #sent = new Map<string, SentCalls>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** When there is room for each key that has to wait, by key id in epoch milliseconds. */
  heldUntilByKey(entries: readonly PolledKey[], now: number): ReadonlyMap<string, number> {
    const turns = new Map<string, number>();
    const waiting = this.#store.waiting.waitingChecks(now);
    for (const queue of Map.groupBy(entries, ({ limiterId }) => limiterId).values()) {
      for (const [keyId, at] of this.#heldUntilInQueue(queue, waiting, now)) turns.set(keyId, at);
    }
    return turns;
  }

  /** To be called after a call to the limiter of this key. */
  forget({ limiterId }: PolledKey): void {
    this.#sent.delete(limiterId);
  }

  forgetAll(): void {
    this.#sent.clear();
  }

  #heldUntilInQueue(
    line: readonly PolledKey[],
    waiting: ReadonlySet<string>,
    now: number,
  ): readonly (readonly [keyId: string, at: number])[] {
    const [first] = line;
    if (!first?.gateway) return [];
    const { limiter } = first;
    const lookBack = lookBackMs(limiter);
    const { at: sent, heldUntil } = this.#sentTo(first, now, lookBack);
    const held = Math.min(heldUntil, now + MAX_HOLD_MS);
    if (sent.length + line.length <= limiter.calls && held <= now) return [];
    // Calls later than now were sent before the clock was put back: they count as sent now.
    const calledAt = sent.filter(at => at > now - lookBack).map(at => Math.min(at, now));
    return line
      .flatMap(({ key, state: { dueAt } }) => (dueAt === undefined ? [] : [{ id: key.id, dueAt }]))
      .sort((a, b) => Number(waiting.has(b.id)) - Number(waiting.has(a.id)) || a.dueAt - b.dueAt)
      .flatMap(({ id, dueAt }) => {
        const at = Math.max(dueAt, held, roomAfter(calledAt, limiter));
        calledAt.push(Math.max(at, now));
        return at > dueAt && at > now ? [[id, at] as const] : [];
      });
  }

  #sentTo({ key, limiterName, limiterId }: PolledKey, now: number, windowMs: number): SentCalls {
    const { requests } = this.#store;
    const cached = this.#sent.get(limiterId) ?? {
      at: requests.sentSince(key.origin, limiterName, now - windowMs),
      heldUntil: requests.heldUntil(key.origin, limiterName) ?? 0,
    };
    this.#sent.set(limiterId, cached);
    return cached;
  }
}
