import { isDeepStrictEqual } from 'node:util';
import type { CheckState } from '../../core/ports/checkTables.ts';
import type { AccountLink } from '../../core/ports/keyTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { KeyState, SpendInUnit } from '../../core/quota/keyState.ts';
import { KnownSites } from '../requests/knownSites.ts';
import type { LimiterHolds } from '../requests/limiterHolds.ts';
import { KeyStateMemo, type MemoizedState } from './keyStateMemo.ts';
import type { KeyStateParts, LimitsOf } from './keyStateOf.ts';
import type { PolledKey } from './polledKey.ts';
import { PolledKeys } from './polledKeys.ts';

const NOTHING_HELD: ReadonlyMap<string, number> = new Map();

/** Why this window cannot check keys, by key id. */
type Obstacles = ReadonlyMap<string, Failure>;

/** This window's copy of keys and states, and the immutable snapshot made from it. */
export class SnapshotStore {
  readonly #store: Store;
  readonly #limiterHolds: LimiterHolds | undefined;
  readonly #knownSites: KnownSites;
  readonly #polledKeys: PolledKeys;
  /** The accounts that list keys, by the keys' ids. */
  #links = new Map<string, AccountLink>();
  #snapshot: readonly KeyState[] = [];
  /** What keys spent, which is worked out elsewhere. */
  readonly #spend = new Map<string, SpendInUnit>();
  #limitsOf: LimitsOf | undefined;
  readonly #memo: KeyStateMemo;
  #until = Number.POSITIVE_INFINITY;
  #version = -1;

  /** Without `limiterHolds`, due times ignore the request budget. */
  constructor(store: Store, settings: () => Settings, limiterHolds?: LimiterHolds) {
    this.#store = store;
    this.#memo = new KeyStateMemo(settings);
    this.#limiterHolds = limiterHolds;
    this.#knownSites = new KnownSites(store);
    this.#polledKeys = new PolledKeys({ store, settings }, (baseUrl, now) =>
      this.#knownSites.knownAt(baseUrl, now),
    );
  }

  /** How many keys there are. */
  get size(): number {
    return this.#polledKeys.keys.length;
  }

  get entries(): readonly PolledKey[] {
    return this.#polledKeys.entries;
  }

  entryOf(keyId: string): PolledKey | undefined {
    return this.#polledKeys.entryOf(keyId);
  }

  ofBaseUrl(baseUrl: string): readonly PolledKey[] {
    return this.#polledKeys.ofBaseUrl(baseUrl);
  }

  /** How often a key is asked at present, in milliseconds; 0 for one that is not there. */
  intervalMsOf(keyId: string): number {
    return this.entryOf(keyId)?.intervalMs ?? 0;
  }

  get pinned(): readonly PolledKey[] {
    return this.#polledKeys.pinned;
  }

  get snapshot(): readonly KeyState[] {
    return this.#snapshot;
  }

  /** Sets what keys spent; part of the next snapshot. Returns whether anything changed. */
  setSpend(spend: ReadonlyMap<string, SpendInUnit | undefined>): boolean {
    let hasChanged = false;
    for (const [keyId, each] of spend) {
      if (isDeepStrictEqual(this.#spend.get(keyId), each)) continue;
      hasChanged = true;
      if (each) this.#spend.set(keyId, each);
      else this.#spend.delete(keyId);
    }
    return hasChanged;
  }

  /** Sets how much of each key's limits is spent; part of the next snapshot. */
  setLimits(limitsOf: LimitsOf): void {
    this.#limitsOf = limitsOf;
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
    this.#polledKeys.plan(now);
  }

  /** Reads everything from the store; `planInSlices` has to follow. */
  readStore(): void {
    this.#store.view(() => {
      this.#version = this.#store.dataVersion;
      this.#polledKeys.setAll(this.#store.keys.allKeys(), this.#store.states.allStates());
      this.#links = new Map(this.#store.accountLinks.allLinks().map(link => [link.keyId, link]));
    });
    this.#knownSites.updateAll();
    this.#limiterHolds?.forgetAll();
  }

  /** Plans the intervals of all keys whose base URLs have changed, without blocking the event loop. */
  planInSlices(now: () => number): Promise<void> {
    return this.#polledKeys.planInSlices(now);
  }

  /**
   * Sets one key's new state, written by this window; part of the next snapshot. Returns whether keys of its
   * site count against another limiter from now on.
   */
  setState(state: CheckState, now: number): boolean {
    const entry = this.#polledKeys.entryOf(state.keyId);
    const { baseUrl } = entry?.key ?? {};
    const hasSiteChanged = baseUrl !== undefined && this.#knownSites.update(baseUrl);
    this.#polledKeys.setState(state, now);
    const link = this.#store.accountLinks.linkOf(state.keyId);
    if (link) this.#links.set(state.keyId, link);
    if (!entry || baseUrl === undefined) return false;
    this.#limiterHolds?.forget(entry);
    const hasOtherLimiters = hasSiteChanged && this.#polledKeys.haveOtherLimiters(baseUrl, now);
    if (hasOtherLimiters) this.#polledKeys.expire(baseUrl);
    else this.#polledKeys.expireChangedShares([entry], now);
    return hasOtherLimiters;
  }

  /** Plans the intervals of a key's base URL again, if anything there has changed. Returns whether it had. */
  planAgain(keyId: string, now: number): boolean {
    const baseUrl = this.entryOf(keyId)?.key.baseUrl;
    if (baseUrl === undefined || !this.#polledKeys.isOutdated(baseUrl)) return false;
    this.#polledKeys.planBaseUrl(baseUrl, now);
    return true;
  }

  /**
   * Builds the snapshot. Returns whether anything changed. A key whose state is still true keeps its object;
   * `review` computes all of them again, since settings count as well.
   */
  buildSnapshot(obstacles: Obstacles, now: number, review: boolean): boolean {
    if (review) this.#polledKeys.expireChangedShares(this.entries, now);
    this.#polledKeys.plan(now);
    if (review) this.#limiterHolds?.forgetAll();
    const { entries } = this;
    const states: KeyState[] = [];
    let hasChanged = entries.length !== this.#snapshot.length;
    this.#until = Number.POSITIVE_INFINITY;
    for (const { state, until } of this.#statesOf(entries, obstacles, now, review)) {
      hasChanged ||= state !== this.#snapshot[states.length];
      states.push(state);
      if (until < this.#until) this.#until = until;
    }
    this.#forgetOtherKeys();
    if (hasChanged) this.#snapshot = Object.freeze(states);
    return hasChanged;
  }

  /** Computes the states of all keys again, those of a base URL at each step; `buildSnapshot` has to follow. */
  *reviewByBaseUrl(obstacles: Obstacles, now: () => number): Generator<undefined> {
    for (const baseUrl of this.#polledKeys.baseUrls) {
      this.#polledKeys.expireChangedShares(this.ofBaseUrl(baseUrl), now());
      if (this.#polledKeys.isOutdated(baseUrl)) this.#polledKeys.planBaseUrl(baseUrl, now());
      const entries = this.ofBaseUrl(baseUrl);
      for (const entry of entries) this.#limiterHolds?.forget(entry);
      this.#statesOf(entries, obstacles, now(), true);
      yield;
    }
  }

  /** The states of keys, with those of the limiters that they share. */
  #statesOf(
    entries: readonly PolledKey[],
    obstacles: Obstacles,
    now: number,
    review: boolean,
  ): readonly MemoizedState[] {
    const limitsOf = this.#limitsOf;
    const accountsOf = (keyId: string) => this.#accountsOf(keyId);
    const held = this.#limiterHolds?.heldUntilByKey(entries, now) ?? NOTHING_HELD;
    return entries.map(entry => {
      const { id } = entry.key;
      const heldUntil = held.size > 0 ? held.get(entry.account?.id ?? id) : undefined;
      const obstacle = obstacles.size > 0 ? obstacles.get(id) : undefined;
      const inputs = { entry, heldUntil, obstacle, spend: this.#spend.get(id), limitsOf };
      return this.#memo.stateFor(inputs, accountsOf, now, review);
    });
  }

  /** The account that lists a key, as long as it does, and where a person wants the key asked itself. */
  #accountsOf(keyId: string): Pick<KeyStateParts, 'separatedFrom' | 'listedBy'> {
    const link = this.#links.get(keyId);
    const account = this.entryOf(link?.accountId ?? '')?.key;
    return {
      separatedFrom: link?.separatedAt === undefined ? undefined : account,
      listedBy: link?.stands ? account : undefined,
    };
  }

  #forgetOtherKeys(): void {
    if (this.#memo.size === this.entries.length) return;
    const isGone = (keyId: string) => this.entryOf(keyId) === undefined;
    this.#memo.forgetWhere(isGone);
    for (const keyId of this.#spend.keys()) if (isGone(keyId)) this.#spend.delete(keyId);
  }
}
