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

/** The moments promised to the keys of one limiter, and what they were computed from. */
interface Queue {
  readonly line: readonly PolledKey[];
  /** The keys of the line whose checks a person waits for. */
  readonly asked: readonly PolledKey[];
  readonly turns: Turns;
  /** The time in which the order is the same and no promised moment has come, epoch milliseconds. */
  readonly since: number;
  readonly until: number;
}

/** When there is room for each key that has to wait. */
type Turns = readonly (readonly [keyId: string, at: number])[];

const NOBODY: readonly PolledKey[] = [];

/** Computes until when keys wait for the request budget, from the calls sent and the keys due before them. */
export class LimiterHolds {
  readonly #store: Store;
  /** Cached by limiter until `forget`. */
  readonly #sent = new Map<string, SentCalls>();
  /** The same. */
  readonly #queues = new Map<string, Queue>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** When there is room for each key that has to wait, by key id in epoch milliseconds. */
  heldUntilByKey(entries: readonly PolledKey[], now: number): ReadonlyMap<string, number> {
    const turns = new Map<string, number>();
    const waiting = this.#store.waiting.waitingChecks(now);
    for (const line of linesOf(entries)) {
      for (const [keyId, at] of this.#turnsOf(line, waiting, now)) turns.set(keyId, at);
    }
    return turns;
  }

  /** To be called after a call to the limiter of this key. */
  forget({ limiterId }: PolledKey): void {
    this.#sent.delete(limiterId);
    this.#queues.delete(limiterId);
  }

  forgetAll(): void {
    this.#sent.clear();
    this.#queues.clear();
  }

  /**
   * Cached, since the moment promised to each key would otherwise change whenever another key of its limiter is due.
   */
  #turnsOf(line: readonly PolledKey[], waiting: ReadonlySet<string>, now: number): Turns {
    const [first] = line;
    if (!first?.gateway) return [];
    const asked = waiting.size === 0 ? NOBODY : line.filter(({ key }) => waiting.has(key.id));
    const cached = this.#queues.get(first.limiterId);
    const isCurrent = cached && cached.since <= now && now < cached.until;
    if (isCurrent && isSame(cached.line, line) && isSame(cached.asked, asked)) return cached.turns;
    const turns = this.#computeTurns(first, line, waiting, now);
    const changes = [...line.map(({ state }) => state.dueAt ?? 0), ...turns.map(([, at]) => at)];
    const until = Math.min(...changes.filter(at => at > now));
    this.#queues.set(first.limiterId, { line, asked, turns, since: now, until });
    return turns;
  }

  #computeTurns(
    first: PolledKey,
    line: readonly PolledKey[],
    waiting: ReadonlySet<string>,
    now: number,
  ): Turns {
    const { limiter } = first;
    const lookBack = lookBackMs(limiter);
    const { at: sent, lastPaced, heldUntil } = this.#sentTo(first, now, lookBack);
    const held = Math.min(heldUntil, now + MAX_HOLD_MS);
    if (!first.isSaturated && sent.length + line.length <= limiter.calls && held <= now) return [];
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
      at: requests.sentSince(key.baseUrl, limiterName, now - windowMs),
      lastPaced: requests.lastPaced(key.baseUrl, limiterName, now - windowMs),
      heldUntil: requests.heldUntil(key.baseUrl, limiterName) ?? 0,
    };
    this.#sent.set(limiterId, cached);
    return cached;
  }
}

/** The keys that are asked themselves, by limiter. A plain loop: with many keys it is run for each snapshot. */
function linesOf(entries: readonly PolledKey[]): Iterable<readonly PolledKey[]> {
  const lines = new Map<string, PolledKey[]>();
  for (const entry of entries) {
    if (entry.account) continue;
    const line = lines.get(entry.limiterId);
    if (line) line.push(entry);
    else lines.set(entry.limiterId, [entry]);
  }
  return lines.values();
}

function isSame(a: readonly PolledKey[], b: readonly PolledKey[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}

/** When another call may be sent by the distance to the last ones, and with a call left for others. */
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
