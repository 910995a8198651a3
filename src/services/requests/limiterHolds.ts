import type { Store } from '../../core/ports/store.ts';
import type { CallLimit } from '../../core/quota/share.ts';
import type { PolledKey } from '../polling/polledKey.ts';
import { PollQueue } from '../polling/pollQueue.ts';
import { MAX_HOLD_MS } from './maxHold.ts';
import { lookBackMs, roomAfter } from './nextFreeAt.ts';
import type { ReserveOptions } from './requestBudget.ts';
import { leavesOneAt, nextSpreadAt } from './spread.ts';

/** Calls to a limiter that still count, ascending, and until when it is on hold. Epoch milliseconds. */
interface SentCalls {
  readonly at: readonly number[];
  /** The last call that kept a distance from the one before. */
  readonly lastPaced: number | undefined;
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
    const asked = entries.filter(({ account }) => !account);
    for (const queue of Map.groupBy(asked, ({ limiterId }) => limiterId).values()) {
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
    const { at: sent, lastPaced, heldUntil } = this.#sentTo(first, now, lookBack);
    const held = Math.min(heldUntil, now + MAX_HOLD_MS);
    if (!first.isCrowded && sent.length + line.length <= limiter.calls && held <= now) return [];
    // Calls later than now were sent before the clock was put back: they count as sent now.
    const calledAt = sent.filter(at => at > now - lookBack).map(at => Math.min(at, now));
    const queue = new PollQueue(line, waiting, now);
    let paced = lastPaced === undefined ? undefined : Math.min(lastPaced, now);
    const turns: (readonly [keyId: string, at: number])[] = [];
    for (;;) {
      const next = queue.takeNext(({ dueAt, options }) =>
        Math.max(dueAt, held, roomAfter(calledAt, limiter), spreadAfter(options, limiter, calledAt, paced)),
      );
      if (!next) return turns;
      const { poll, at } = next;
      calledAt.push(Math.max(at, now));
      if (poll.options.spread) paced = Math.max(at, now);
      if (at > poll.dueAt && at > now) turns.push([poll.id, at]);
    }
  }

  #sentTo({ key, limiterName, limiterId }: PolledKey, now: number, windowMs: number): SentCalls {
    const { requests } = this.#store;
    const cached = this.#sent.get(limiterId) ?? {
      at: requests.sentSince(key.origin, limiterName, now - windowMs),
      lastPaced: requests.lastPaced(key.origin, limiterName, now - windowMs),
      heldUntil: requests.heldUntil(key.origin, limiterName) ?? 0,
    };
    this.#sent.set(limiterId, cached);
    return cached;
  }
}

/** When the distance to the last calls allows another one, and what is left for others. */
function spreadAfter(
  { spread, leavesOne }: ReserveOptions,
  limiter: CallLimit,
  calledAt: readonly number[],
  lastPaced: number | undefined,
): number {
  if (!spread) return 0;
  const turn = nextSpreadAt(spread, limiter, calledAt, lastPaced);
  return leavesOne ? Math.max(turn, leavesOneAt(spread, limiter, calledAt)) : turn;
}
