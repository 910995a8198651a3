import { UNFOCUSED_DELAY_MS } from '../../core/ports/windowActivity.ts';
import { SECOND_MS } from '../../core/time.ts';
import { msToNextLook } from '../msToNextLook.ts';
import type { ErrorLog } from './errorLog.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PollScheduler } from './pollScheduler.ts';
import { resetBackoff } from './resetBackoff.ts';
import type { SnapshotPublisher } from './snapshotPublisher.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** How often the focused window looks for due keys and for what another window wrote. */
const FOCUSED_TICK_MS = SECOND_MS;
/** The same while nobody uses it: still before windows without focus, which wait for it. */
const INACTIVE_TICK_MS = UNFOCUSED_DELAY_MS - SECOND_MS;
const MIN_SLEEP_MS = 20;
const MANY_KEYS = 25;

interface DueWorkParts {
  readonly monitor: MonitorParts;
  readonly snapshotStore: SnapshotStore;
  readonly publisher: SnapshotPublisher;
  readonly scheduler: PollScheduler;
  readonly errorLog: ErrorLog;
  /** Reads the store again, after another window wrote to it. */
  readonly reload: () => Promise<void>;
}

/** What a tick does: publishes what time or another window changed, and starts the checks that are due. */
export class DueWork {
  readonly #parts: DueWorkParts;

  constructor(parts: DueWorkParts) {
    this.#parts = parts;
  }

  /** Whether there are so many keys that work on all of them is done in slices. */
  get hasMany(): boolean {
    return this.#parts.snapshotStore.size > MANY_KEYS;
  }

  /** Returns the milliseconds until the next tick. */
  doDueWork(now: number, hasSlept: boolean): number {
    const { monitor, snapshotStore, publisher, scheduler, errorLog, reload } = this.#parts;
    if (hasSlept) this.resetBackoff(now);
    const isReview = publisher.isReviewDue(now);
    const hasFileChanged = isReview && monitor.store.followFile(now);
    if (hasFileChanged || snapshotStore.isOutdated) {
      reload().catch(error => errorLog.logOnce(error));
      return FOCUSED_TICK_MS;
    }
    if (isReview && this.hasMany) void this.reviewInSlices();
    else if (isReview || now >= snapshotStore.until) publisher.publish(isReview);
    const wakeAt = Math.min(scheduler.startDueChecks(), snapshotStore.until);
    return Math.max(MIN_SLEEP_MS, Math.min(wakeAt - now, this.#longestSleepMs(now)));
  }

  /** Timers stop while a laptop sleeps, so a window without focus looks as well when nothing is due. */
  #longestSleepMs(now: number): number {
    const { focused, active } = this.#parts.monitor.activity;
    if (!focused) return msToNextLook(now, false);
    return active === false ? INACTIVE_TICK_MS : FOCUSED_TICK_MS;
  }

  /** Computes the states of all keys again without blocking the event loop, and publishes them. */
  reviewInSlices(): Promise<void> {
    const { publisher, errorLog } = this.#parts;
    return publisher.reviewInSlices().catch(error => errorLog.logOnce(error));
  }

  /** Takes the backoff of transient failures away: see `resetBackoff.ts`. */
  resetBackoff(now: number): void {
    const { monitor, snapshotStore } = this.#parts;
    for (const state of resetBackoff(monitor.store, snapshotStore.entries))
      snapshotStore.setState(state, now);
  }
}
