import type { CheckState } from '../../core/ports/tables.ts';
import { isFromTheFuture } from '../requests/claim.ts';
import type { ReserveOptions } from '../requests/requestBudget.ts';
import type { Checks } from './checks.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PolledKey } from './polledKey.ts';
import { scheduledCalls } from './scheduledCalls.ts';
import type { SnapshotStore } from './snapshotStore.ts';
import { sortByPriority } from './sortByPriority.ts';

/** Windows without focus let the focused one go first: so long, and no longer, or no key would be asked in time. */
export const UNFOCUSED_DELAY_MS = 5000;
const OFFLINE_LOOK_MS = 15_000;
const NEVER = Number.POSITIVE_INFINITY;

/** Asks about keys by themselves when they are due. */
export class PollScheduler {
  readonly #parts: MonitorParts;
  readonly #knowledge: SnapshotStore;
  readonly #checks: Checks;
  #waiting: PolledKey[] = [];

  constructor(parts: MonitorParts, knowledge: SnapshotStore, checks: Checks) {
    this.#parts = parts;
    this.#knowledge = knowledge;
    this.#checks = checks;
  }

  /** Finds what is due and starts it while there are places; returns when to look again. */
  startDueChecks(): number {
    const { clock, isReachable } = this.#parts;
    const now = clock.now();
    let wakeAt = NEVER;
    const due: PolledKey[] = [];
    this.#waiting = [];
    if (!this.#mayPoll()) return wakeAt;
    for (const entry of this.#knowledge.entries) {
      const dueAt = this.#dueHere(entry.state, now);
      if (dueAt === undefined || this.#checks.running(entry.key.id) || !this.#checks.canCheck(entry))
        continue;
      if (dueAt > now) wakeAt = Math.min(wakeAt, dueAt);
      else if (isReachable(entry.key.origin)) due.push(entry);
      else wakeAt = Math.min(wakeAt, now + OFFLINE_LOOK_MS);
    }
    this.#waiting = sortByPriority(due);
    return Math.min(wakeAt, this.startQueuedChecks());
  }

  /** Starts waiting keys while there are places; returns when the first of those that cannot be asked can. */
  startQueuedChecks(): number {
    const { clock } = this.#parts;
    const held = new Set<string>();
    let wakeAt = NEVER;
    for (;;) {
      const entry = this.#checks.takeNextStartable(this.#waiting);
      if (!entry) return wakeAt;
      if (held.has(entry.limiterId)) continue;
      const start = this.#checks.start(entry, this.#consideration(entry));
      if ('done' in start) continue;
      if (start.refused === 'held') held.add(entry.limiterId);
      wakeAt = Math.min(wakeAt, start.refused === 'held' ? start.freeAt : clock.now() + UNFOCUSED_DELAY_MS);
    }
  }

  /**
   * Nobody is told of what a window finds that nobody looks at; and windows that cannot share what they know
   * would each spend a whole request budget.
   */
  #mayPoll(): boolean {
    const { isWatched, store, activity } = this.#parts;
    // What others booked is in a file that cannot be read at present.
    if (store.trouble?.kind === 'locked') return false;
    return isWatched?.() !== false && (store.shared || activity.focused);
  }

  /** When this window may ask: at once when a person is at it, else after the others had their chance. */
  #dueHere(state: CheckState, now: number): number | undefined {
    if (state.dueAt === undefined) return undefined;
    if (isFromTheFuture(state, now)) return now;
    const courtesy = this.#parts.activity.focused ? 0 : UNFOCUSED_DELAY_MS;
    return state.checkedAt === undefined ? state.dueAt : state.dueAt + courtesy;
  }

  /** What a key leaves to others: pinned ones go first, and where many wait, they go one by one. */
  #consideration({ key, gateway, limiterName, limiterId, intervalMs, state }: PolledKey): ReserveOptions {
    const limiter = gateway?.limiters[limiterName];
    if (key.pinned || !limiter) return {};
    const pinned = this.#knowledge.pinned.filter(other => other.limiterId === limiterId);
    const planned = scheduledCalls(
      pinned.map(entry => ({ dueAt: entry.state.dueAt, intervalMs: entry.intervalMs })),
      limiter,
      this.#parts.clock.now(),
    );
    // Fewer keys than this can all be asked within one window, and may go together.
    const isCrowded = intervalMs > limiter.windowMs;
    // Where nobody has to be let through, first figures may come at once.
    const isFirst = state.checkedAt === undefined && planned.length === 0;
    const paceMs = limiter.windowMs / (limiter.calls - planned.length);
    return { leavesRoomFor: planned, paceMs: isCrowded && !isFirst ? paceMs : undefined };
  }
}
