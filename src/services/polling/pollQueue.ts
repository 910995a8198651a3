import type { ReserveOptions } from '../requests/requestBudget.ts';
import type { PolledKey } from './polledKey.ts';
import { reserveOptionsFor } from './reserveOptions.ts';
import { sortByPriority } from './sortByPriority.ts';

/** A key of one limiter that will be due, and what its poll leaves to others. */
interface QueuedPoll {
  readonly id: string;
  readonly dueAt: number;
  readonly options: ReserveOptions;
}

/** The polls of one limiter in the order in which they will be made. */
export class PollQueue {
  /** A queue for each way of leaving room to others; the first poll of each is made first. */
  readonly #lines: readonly QueuedPoll[][];

  constructor(entries: readonly PolledKey[], waiting: ReadonlySet<string>, now: number) {
    const pinned = entries.filter(({ key }) => key.pinned);
    const polls = sortByPriority(entries, waiting).flatMap(entry => {
      const { key, state } = entry;
      if (state.dueAt === undefined) return [];
      const isAsked = waiting.has(key.id);
      const options = reserveOptionsFor(entry, pinned, () => isAsked, now);
      return [{ id: key.id, dueAt: state.dueAt, turn: isAsked ? 0 : Math.max(state.dueAt, now), options }];
    });
    // The sort is stable: keys that are due now keep their order by priority.
    polls.sort((a, b) => a.turn - b.turn);
    this.#lines = [...Map.groupBy(polls, ({ options }) => lineOf(options)).values()];
  }

  /** Removes and returns the poll that can be made first, and when that is. */
  takeNext(
    timeOf: (poll: QueuedPoll) => number,
  ): { readonly poll: QueuedPoll; readonly at: number } | undefined {
    let first: { readonly poll: QueuedPoll; readonly at: number; readonly line: QueuedPoll[] } | undefined;
    for (const line of this.#lines) {
      const [poll] = line;
      if (!poll) continue;
      const at = timeOf(poll);
      if (!first || at < first.at) first = { poll, at, line };
    }
    first?.line.shift();
    return first;
  }
}

function lineOf({ spread, leavesOne }: ReserveOptions): number {
  return Number(spread !== undefined) + Number(leavesOne ?? false);
}
