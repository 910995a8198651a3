import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import { bringForward } from './bringForward.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** Takes the states that checks bring into the snapshot, and makes keys due earlier where these show that they may be. */
export class CheckedStates {
  readonly #store: Store;
  readonly #snapshotStore: SnapshotStore;
  /** Base URLs whose keys count against another limiter since keys were brought forward last. */
  #withOtherLimiter = new Set<string>();

  constructor(store: Store, snapshotStore: SnapshotStore) {
    this.#store = store;
    this.#snapshotStore = snapshotStore;
  }

  /** Takes the state after a check. A key whose figures began to move is due as soon as a key in use. */
  takeState(state: CheckState, now: number): void {
    const before = this.#snapshotStore.entryOf(state.keyId);
    if (this.#snapshotStore.setState(state, now) && before) this.#withOtherLimiter.add(before.key.baseUrl);
    if (before?.pace === 'close' || !this.#snapshotStore.planAgain(state.keyId, now)) return;
    const entry = this.#snapshotStore.entryOf(state.keyId);
    if (entry?.pace !== 'close') return;
    for (const earlier of bringForward(this.#store, [entry])) this.#snapshotStore.setState(earlier, now);
  }

  /** Brings keys forward where checks have shown which way a site's keys can be asked, which may allow shorter intervals. */
  bringForward(now: number): void {
    const withOtherLimiter = this.#withOtherLimiter;
    if (withOtherLimiter.size === 0) return;
    this.#withOtherLimiter = new Set();
    for (const state of bringForward(this.#store, this.#snapshotStore.entries, withOtherLimiter))
      this.#snapshotStore.setState(state, now);
  }
}
