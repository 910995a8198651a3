import { isDeepStrictEqual } from 'node:util';
import { noteChangeAt, withNextChange } from '../../core/nextChange.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { KnownSites } from '../requests/knownSites.ts';
import { LimiterHolds } from '../requests/limiterHolds.ts';
import { isSameLimit, ownLimiterOf } from '../requests/ownLimiter.ts';
import { keyStateOf } from './keyStateOf.ts';
import { hasOtherLimiter, type PolledKey, polledKeysOf, withState } from './polledKey.ts';

const NO_STATE = { failures: 0 } as const;

/** A memoized key state and the inputs it was computed from. */
interface MemoizedState {
  readonly entry: PolledKey;
  readonly heldUntil: number | undefined;
  readonly obstacle: Failure | undefined;
  readonly state: KeyState;
  /** The time in which it is true, epoch milliseconds; after that it is computed again. */
  readonly since: number;
  readonly until: number;
}

function unlessEqual(old: KeyState | undefined, made: KeyState): KeyState {
  return old && isDeepStrictEqual(old, made) ? old : made;
}

function separatedKeys(store: Store, keys: readonly KeyRecord[]): Map<string, KeyRecord> {
  const separated = store.accountLinks.allLinks().filter(({ separatedAt }) => separatedAt !== undefined);
  if (separated.length === 0) return new Map();
  const keysById = new Map(keys.map(key => [key.id, key]));
  return new Map(
    separated.flatMap(({ keyId, accountId }) => {
      const account = keysById.get(accountId);
      return account ? [[keyId, account] as const] : [];
    }),
  );
}

/** This window's copy of keys and states, and the immutable snapshot made from it. */
export class SnapshotStore {
  readonly #store: Store;
  readonly #settings: () => Settings;
  readonly #limiterHolds: LimiterHolds;
  readonly #knownSites: KnownSites;
  #keys: readonly KeyRecord[] = [];
  #states = new Map<string, CheckState>();
  /** The accounts that list keys which a person has separated, by the keys' ids. */
  #separatedFrom = new Map<string, KeyRecord>();
  #entries: PolledKey[] = [];
  #indexOfKey = new Map<string, number>();
  #pinned: readonly number[] = [];
  #snapshot: readonly KeyState[] = [];
  readonly #memoized = new Map<string, MemoizedState>();
  #until = Number.POSITIVE_INFINITY;
  #version = -1;
  #areIntervalsCurrent = true;

  constructor(store: Store, settings: () => Settings) {
    this.#store = store;
    this.#settings = settings;
    this.#limiterHolds = new LimiterHolds(store);
    this.#knownSites = new KnownSites(store);
  }

  /** How many keys there are. */
  get size(): number {
    return this.#keys.length;
  }

  get entries(): readonly PolledKey[] {
    return this.#entries;
  }

  /** Whether the intervals were planned since keys or states changed. */
  get areIntervalsCurrent(): boolean {
    return this.#areIntervalsCurrent;
  }

  entryOf(keyId: string): PolledKey | undefined {
    return this.#entries[this.#indexOfKey.get(keyId) ?? -1];
  }

  /** How often a key is asked at present, in milliseconds; 0 for one that is not there. */
  intervalMsOf(keyId: string): number {
    return this.entryOf(keyId)?.intervalMs ?? 0;
  }

  get pinned(): readonly PolledKey[] {
    return this.#pinned.flatMap(place => this.#entries[place] ?? []);
  }

  get snapshot(): readonly KeyState[] {
    return this.#snapshot;
  }

  /** When the snapshot has to be built again because of time alone, epoch milliseconds. */
  get until(): number {
    return this.#until;
  }

  /** Whether another window has written since the last `reload`. */
  get isOutdated(): boolean {
    return this.#store.dataVersion !== this.#version;
  }

  /** Reads everything from the store and plans the intervals. */
  reload(now: number): void {
    this.readStore();
    this.updateIntervals(now);
  }

  /** Reads everything from the store; `updateIntervals` has to follow. */
  readStore(): void {
    this.#store.view(() => {
      this.#version = this.#store.dataVersion;
      this.#keys = this.#store.keys.allKeys();
      this.#states = new Map(this.#store.states.allStates().map(state => [state.keyId, state]));
      this.#separatedFrom = separatedKeys(this.#store, this.#keys);
    });
    this.#knownSites.updateAll();
    this.#limiterHolds.forgetAll();
    this.#areIntervalsCurrent = false;
  }

  /**
   * Sets one key's new state, written by this window; part of the next snapshot. Returns whether keys of its
   * site count against another limiter from now on.
   */
  setState(state: CheckState, now: number): boolean {
    this.#states.set(state.keyId, state);
    const place = this.#indexOfKey.get(state.keyId);
    const entry = place === undefined ? undefined : this.#entries[place];
    if (place === undefined || !entry) return false;
    this.#limiterHolds.forget(entry);
    const { origin } = entry.key;
    const hasSiteChanged = this.#knownSites.update(origin);
    const known = this.#knownSites.of(origin, now);
    const newer = withState(entry, state, this.#settings(), known);
    const isPlanned = newer !== undefined && this.#hasSameShare(entry, now);
    if (isPlanned) this.#entries[place] = newer;
    const ofSite = hasSiteChanged ? this.#entries.filter(({ key }) => key.origin === origin) : [];
    const hasOtherLimiters = ofSite.some(each => hasOtherLimiter(each, known));
    if (!isPlanned || hasOtherLimiters) this.#areIntervalsCurrent = false;
    return hasOtherLimiters;
  }

  #hasShareChanged(now: number): boolean {
    const firstOfEach = new Map(this.#entries.map(entry => [entry.limiterId, entry]));
    return [...firstOfEach.values()].some(entry => !this.#hasSameShare(entry, now));
  }

  /** Whether our share of its limiter is what the intervals were planned with: a call may have changed it. */
  #hasSameShare({ key, gateway, limiterName, limiter }: PolledKey, now: number): boolean {
    const parts = { store: this.#store, settings: this.#settings };
    return isSameLimit(limiter, ownLimiterOf(parts, key.origin, gateway, limiterName, now));
  }

  /**
   * Builds the snapshot. Returns whether anything changed. A key whose state is still true keeps its object;
   * `review` computes all of them again, since settings count as well.
   */
  buildSnapshot(obstacles: ReadonlyMap<string, Failure>, now: number, review: boolean): boolean {
    if (review && this.#hasShareChanged(now)) this.#areIntervalsCurrent = false;
    this.updateIntervals(now);
    if (review) this.#limiterHolds.forgetAll();
    const heldUntilByKey = this.#limiterHolds.heldUntilByKey(this.#entries, now);
    const states = this.#entries.map(entry => {
      const { id } = entry.key;
      const heldUntil = heldUntilByKey.get(entry.account?.id ?? id);
      return this.#stateFor(entry, heldUntil, obstacles.get(id), now, review);
    });
    this.#until = Number.POSITIVE_INFINITY;
    for (const { until } of this.#memoized.values()) this.#until = Math.min(this.#until, until);
    const changed =
      states.length !== this.#snapshot.length ||
      states.some((state, index) => state !== this.#snapshot[index]);
    if (changed) this.#snapshot = Object.freeze(states);
    return changed;
  }

  /** Plans the intervals of all keys again if keys or states have changed. */
  updateIntervals(now: number): void {
    if (this.#areIntervalsCurrent) return;
    this.#areIntervalsCurrent = true;
    const stateOf = (keyId: string) => this.#states.get(keyId) ?? { keyId, ...NO_STATE };
    const before = (keyId: string) => this.entryOf(keyId);
    const parts = { store: this.#store, settings: this.#settings };
    const knownOf = (origin: string) => this.#knownSites.of(origin, now);
    this.#entries = polledKeysOf(this.#keys, stateOf, parts, now, before, knownOf);
    this.#indexOfKey = new Map(this.#entries.map(({ key }, index) => [key.id, index]));
    this.#pinned = this.#entries.flatMap(({ key }, index) => (key.pinned ? [index] : []));
    for (const keyId of this.#memoized.keys()) if (!this.#indexOfKey.has(keyId)) this.#memoized.delete(keyId);
  }

  #stateFor(
    entry: PolledKey,
    heldUntil: number | undefined,
    obstacle: Failure | undefined,
    now: number,
    review: boolean,
  ): KeyState {
    const old = this.#memoized.get(entry.key.id);
    const isSame = old && !review && old.entry === entry && old.heldUntil === heldUntil;
    const isCurrent = isSame && old.since <= now && now < old.until;
    if (isCurrent && old.obstacle?.reason === obstacle?.reason) return old.state;
    const separatedFrom = this.#separatedFrom.get(entry.key.id);
    const { value: made, until } = withNextChange(() => {
      if (heldUntil !== undefined) noteChangeAt(heldUntil);
      return keyStateOf(
        {
          ...entry,
          othersAsk: entry.limiter.othersAsk && !entry.account,
          heldUntil,
          obstacle,
          separatedFrom,
        },
        this.#settings(),
        now,
      );
    });
    const state = unlessEqual(old?.state, made);
    this.#memoized.set(entry.key.id, { entry, heldUntil, obstacle, state, since: now, until });
    return state;
  }
}
