import { UNFOCUSED_DELAY_MS } from '../../core/ports/windowActivity.ts';
import { NEVER_DUE } from '../../core/team/servedKey.ts';
import { SECOND_MS } from '../../core/time.ts';
import { isFromTheFuture } from '../requests/claim.ts';
import type { Checks } from './checks.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PolledKey } from './polledKey.ts';
import { reserveOptionsFor } from './reserveOptions.ts';
import type { SnapshotStore } from './snapshotStore.ts';
import { sortByPriority } from './sortByPriority.ts';

const OFFLINE_RETRY_MS = 15 * SECOND_MS;
const NEVER = Number.POSITIVE_INFINITY;

/** Starts checks when keys are due, within the limits of concurrency and request budget. */
export class PollScheduler {
  readonly #parts: MonitorParts;
  readonly #snapshotStore: SnapshotStore;
  readonly #checks: Checks;
  #queue: PolledKey[] = [];

  constructor(parts: MonitorParts, snapshotStore: SnapshotStore, checks: Checks) {
    this.#parts = parts;
    this.#snapshotStore = snapshotStore;
    this.#checks = checks;
  }

  /** Queues due keys and starts what may run. Returns when to look again, epoch milliseconds. */
  startDueChecks(): number {
    const { clock, isReachable, store } = this.#parts;
    const now = clock.now();
    let wakeAt = NEVER;
    const due: PolledKey[] = [];
    this.#queue = [];
    if (!this.#mayPoll()) return wakeAt;
    for (const entry of this.#snapshotStore.entries) {
      const dueAt = this.#dueInThisWindow(entry, now);
      if (dueAt === undefined || this.#checks.running(entry.key.id) || !this.#checks.canCheck(entry))
        continue;
      if (dueAt > now) wakeAt = Math.min(wakeAt, dueAt);
      else if (isReachable(entry.key.baseUrl)) due.push(entry);
      else wakeAt = Math.min(wakeAt, now + OFFLINE_RETRY_MS);
    }
    if (due.length > 0) this.#queue = sortByPriority(due, store.waiting.waitingChecks(now));
    return Math.min(wakeAt, this.startQueuedChecks());
  }

  /** Starts queued checks while there are places. Returns when the first refused one may start, epoch milliseconds. */
  startQueuedChecks(): number {
    const { clock, store } = this.#parts;
    const now = clock.now();
    const { pinned } = this.#snapshotStore;
    const held = new Set<string>();
    let wakeAt = NEVER;
    for (;;) {
      const entry = this.#checks.takeNextStartable(this.#queue);
      if (!entry) return wakeAt;
      const isAsked = () => store.waiting.isCheckWaiting(entry.key.id, now);
      const options = reserveOptionsFor(entry, pinned, isAsked, now);
      // Other keys of the limiter, which leave less room to others, may still start.
      const line = `${entry.limiterId} ${options.leavesOne ?? false}`;
      if (held.has(line)) continue;
      const start = this.#checks.start(entry, options);
      if ('done' in start) continue;
      if (start.refused === 'held') held.add(line);
      wakeAt = Math.min(wakeAt, start.refused === 'held' ? start.freeAt : now + UNFOCUSED_DELAY_MS);
    }
  }

  /**
   * Nothing is polled while no view shows it and no warning could tell of it. Windows without a shared database would
   * each spend a whole request budget, so of these only the focused one polls.
   */
  #mayPoll(): boolean {
    const { isWatched, store, activity } = this.#parts;
    // The calls of other windows are in the locked file, so they cannot be counted.
    if (store.trouble?.kind === 'locked') return false;
    return isWatched?.() !== false && (store.shared || activity.focused);
  }

  /** When this window may check the key: later than the focused one, unless it was never checked. */
  #dueInThisWindow({ key, state }: PolledKey, now: number): number | undefined {
    if (key.pausedAt !== undefined || state.dueAt === undefined || state.dueAt >= NEVER_DUE) return undefined;
    if (isFromTheFuture(state, now)) return now;
    const unfocusedDelayMs = this.#parts.activity.focused ? 0 : UNFOCUSED_DELAY_MS;
    return state.checkedAt === undefined ? state.dueAt : state.dueAt + unfocusedDelayMs;
  }
}
