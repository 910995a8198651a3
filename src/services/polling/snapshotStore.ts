import { isDeepStrictEqual } from 'node:util';
import { holdsUntil, withHorizon } from '../../core/horizon.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { LimiterHolds } from '../requests/limiterHolds.ts';
import { keyStateOf } from './keyStateOf.ts';
import { type PolledKey, polledKeysOf, withState } from './polledKey.ts';

const NOTHING_KNOWN = { failures: 0 } as const;

/** What a key's state was made from, and the state. */
interface Shown {
  readonly entry: PolledKey;
  readonly heldUntil: number | undefined;
  readonly obstacle: Failure | undefined;
  readonly state: KeyState;
  /** The time in which it holds, epoch milliseconds: after that it has to be made anew. */
  readonly since: number;
  readonly until: number;
}

function reuse(old: KeyState | undefined, made: KeyState): KeyState {
  return old && isDeepStrictEqual(old, made) ? old : made;
}

/** This window's copy of what the store knows, and the snapshot made from it. */
export class SnapshotStore {
  readonly #store: Store;
  readonly #settings: () => Settings;
  readonly #closings: LimiterHolds;
  #keys: readonly KeyRecord[] = [];
  #states = new Map<string, CheckState>();
  #entries: PolledKey[] = [];
  #places = new Map<string, number>();
  #pinned: readonly number[] = [];
  #snapshot: readonly KeyState[] = [];
  readonly #shown = new Map<string, Shown>();
  #until = Number.POSITIVE_INFINITY;
  #version = -1;
  #isArranged = true;

  constructor(store: Store, settings: () => Settings) {
    this.#store = store;
    this.#settings = settings;
    this.#closings = new LimiterHolds(store);
  }

  /** How many keys there are. */
  get size(): number {
    return this.#keys.length;
  }

  get entries(): readonly PolledKey[] {
    return this.#entries;
  }

  get pinned(): readonly PolledKey[] {
    return this.#pinned.flatMap(place => this.#entries[place] ?? []);
  }

  get snapshot(): readonly KeyState[] {
    return this.#snapshot;
  }

  /** From when on time alone makes something of the snapshot another. Epoch milliseconds. */
  get until(): number {
    return this.#until;
  }

  /** Whether another window has written since the last `reload`. */
  get isOutdated(): boolean {
    return this.#store.dataVersion !== this.#version;
  }

  /** Takes in everything from the store again. */
  reload(now: number): void {
    this.readStore();
    this.updateIntervals(now);
  }

  /** Reads everything from the store again; it is to be arranged then. */
  readStore(): void {
    this.#store.view(() => {
      this.#version = this.#store.dataVersion;
      this.#keys = this.#store.keys.allKeys();
      this.#states = new Map(this.#store.states.allStates().map(state => [state.keyId, state]));
    });
    this.#closings.forgetAll();
    this.#isArranged = false;
  }

  /** Takes in one key's new state, written by this window; it shows with the next `publish`. */
  setState(state: CheckState, now: number): void {
    this.#states.set(state.keyId, state);
    const place = this.#places.get(state.keyId);
    const entry = place === undefined ? undefined : this.#entries[place];
    if (place === undefined || !entry) return;
    this.#closings.forget(entry);
    const newer = withState(entry, state, this.#settings(), now);
    if (newer) this.#entries[place] = newer;
    else this.#isArranged = false;
  }

  /**
   * Makes the snapshot anew. True when anything changed. Keys about which nothing new is known, and of which time
   * has changed nothing, keep their object; `review` looks at all of them, since settings count as well.
   */
  buildSnapshot(obstacles: ReadonlyMap<string, Failure>, now: number, review: boolean): boolean {
    this.updateIntervals(now);
    if (review) this.#closings.forgetAll();
    const turns = this.#closings.turns(this.#entries, now);
    const after = this.#entries.map(entry => {
      const { id } = entry.key;
      return this.#show(entry, turns.get(id), obstacles.get(id), now, review);
    });
    this.#until = Number.POSITIVE_INFINITY;
    for (const { until } of this.#shown.values()) this.#until = Math.min(this.#until, until);
    const changed =
      after.length !== this.#snapshot.length || after.some((state, index) => state !== this.#snapshot[index]);
    if (changed) this.#snapshot = Object.freeze(after);
    return changed;
  }

  /** Works out what the keys mean to each other, where something of it may have changed. */
  updateIntervals(now: number): void {
    if (this.#isArranged) return;
    this.#isArranged = true;
    const stateOf = (keyId: string) => this.#states.get(keyId) ?? { keyId, ...NOTHING_KNOWN };
    const before = (keyId: string) => this.#entries[this.#places.get(keyId) ?? -1];
    this.#entries = polledKeysOf(this.#keys, stateOf, this.#settings(), now, before);
    this.#places = new Map(this.#entries.map(({ key }, index) => [key.id, index]));
    this.#pinned = this.#entries.flatMap(({ key }, index) => (key.pinned ? [index] : []));
    for (const keyId of this.#shown.keys()) if (!this.#places.has(keyId)) this.#shown.delete(keyId);
  }

  #show(
    entry: PolledKey,
    heldUntil: number | undefined,
    obstacle: Failure | undefined,
    now: number,
    review: boolean,
  ): KeyState {
    const old = this.#shown.get(entry.key.id);
    const isSame = old && !review && old.entry === entry && old.heldUntil === heldUntil;
    const isCurrent = isSame && old.since <= now && now < old.until;
    if (isCurrent && old.obstacle?.reason === obstacle?.reason) return old.state;
    const { value: made, until } = withHorizon(() => {
      if (heldUntil !== undefined) holdsUntil(heldUntil);
      return keyStateOf({ ...entry, heldUntil, obstacle }, this.#settings(), now);
    });
    const state = reuse(old?.state, made);
    this.#shown.set(entry.key.id, { entry, heldUntil, obstacle, state, since: now, until });
    return state;
  }
}
