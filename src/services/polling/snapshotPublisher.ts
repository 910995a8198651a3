import type { Clock } from '../../core/ports/clock.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { SECOND_MS } from '../../core/time.ts';
import { Emitter } from '../emitter.ts';
import { Slices } from './slices.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** How often all states are computed again, because keys expire and readings go stale by time alone. */
const REVIEW_MS = 20 * SECOND_MS;
/** Debounces publishing: checks that end within this time are shown by one snapshot. */
const PUBLISH_DEBOUNCE_MS = 100;

/** What `SnapshotPublisher` needs. */
export interface PublisherParts {
  readonly snapshotStore: SnapshotStore;
  readonly clock: Clock;
  /** Why this window cannot check a key, by key id. */
  readonly obstaclesAt: (now: number) => ReadonlyMap<string, Failure>;
}

/** Says when snapshots are built, and tells everyone of a new one. */
export class SnapshotPublisher {
  readonly #parts: PublisherParts;
  readonly #changed = new Emitter<readonly KeyState[]>();
  #lastReviewAt = 0;
  #isQueued = false;
  #isDisposed = false;

  /** Fires with the new snapshot whenever anything in it changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Whether all states have to be computed again, also where the clock was put back. */
  isReviewDue(now: number): boolean {
    return now - this.#lastReviewAt >= REVIEW_MS || now < this.#lastReviewAt;
  }

  /** Builds the snapshot now. `review` computes all states again. */
  publish(review = false): void {
    const { snapshotStore, clock, obstaclesAt } = this.#parts;
    const now = clock.now();
    if (review) this.#lastReviewAt = now;
    if (snapshotStore.buildSnapshot(obstaclesAt(now), now, review))
      this.#changed.fire(snapshotStore.snapshot);
  }

  /** The same as `publish(true)`, without blocking the event loop. */
  async reviewInSlices(): Promise<void> {
    const { snapshotStore, clock, obstaclesAt } = this.#parts;
    this.#lastReviewAt = clock.now();
    const slices = new Slices();
    const steps = snapshotStore.reviewByBaseUrl(obstaclesAt(clock.now()), () => clock.now());
    while (!this.#isDisposed && !steps.next().done) await slices.next();
    if (!this.#isDisposed) this.publish();
  }

  /** Ends a review that is under way. */
  dispose(): void {
    this.#isDisposed = true;
  }

  /** Runs `work`, which publishes, after a debounce; once for all calls meanwhile. */
  debounce(work: () => void): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#parts.clock.after(PUBLISH_DEBOUNCE_MS, () => {
      this.#isQueued = false;
      work();
    });
  }
}
