import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../host/settings.ts';
import type { Failure } from '../quota/failure.ts';
import type { KeyRecord } from '../quota/key.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { CheckState } from '../store/stateTable.ts';
import type { Store } from '../store/store.ts';
import { type Entry, entriesOf, limiterOf, renewed } from './entry.ts';
import { freeAt } from './requestBudget.ts';
import { type KnownKey, keyStateOf } from './snapshot.ts';

const NOTHING_KNOWN = { failures: 0 } as const;

/** What a key's state was made from, and the state. */
interface Shown {
  readonly known: KnownKey;
  readonly state: KeyState;
}

function isSameKnowledge(a: KnownKey, b: KnownKey): boolean {
  return (
    a.key === b.key &&
    a.state === b.state &&
    a.intervalMs === b.intervalMs &&
    a.heldUntil === b.heldUntil &&
    a.obstacle?.reason === b.obstacle?.reason
  );
}

function reuse(old: KeyState | undefined, made: KeyState): KeyState {
  return old && isDeepStrictEqual(old, made) ? old : made;
}

/** This window's copy of what the store knows, and the snapshot made from it. */
export class Knowledge {
  readonly #store: Store;
  readonly #settings: () => Settings;
  #keys: readonly KeyRecord[] = [];
  #states = new Map<string, CheckState>();
  #entries: Entry[] = [];
  #places = new Map<string, number>();
  #snapshot: readonly KeyState[] = [];
  #shown = new Map<string, Shown>();
  #version = -1;
  #isArranged = true;

  constructor(store: Store, settings: () => Settings) {
    this.#store = store;
    this.#settings = settings;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get snapshot(): readonly KeyState[] {
    return this.#snapshot;
  }

  /** Whether another window has written since the last `reload`. */
  get isOutdated(): boolean {
    return this.#store.dataVersion !== this.#version;
  }

  /** Reads everything from the store again. */
  reload(now: number): void {
    this.#store.view(() => {
      this.#version = this.#store.dataVersion;
      this.#keys = this.#store.keys.all();
      this.#states = new Map(this.#store.states.all().map(state => [state.keyId, state]));
    });
    this.#arrange(now);
  }

  /** Takes in one key's new state, written by this window; it shows with the next `publish`. */
  update(state: CheckState, now: number): void {
    this.#states.set(state.keyId, state);
    const place = this.#places.get(state.keyId);
    const entry = place === undefined ? undefined : this.#entries[place];
    const newer = entry && renewed(entry, state, this.#settings(), now);
    if (newer && place !== undefined) this.#entries[place] = newer;
    else this.#isArranged = false;
  }

  /**
   * Makes the snapshot anew. True when anything changed. Keys about which nothing new is known keep their
   * object; `review` looks at them as well, because time alone makes keys expire and figures stale.
   */
  publish(obstacles: ReadonlyMap<string, Failure>, now: number, review: boolean): boolean {
    if (!this.#isArranged) this.#arrange(now);
    const settings = this.#settings();
    const shown = new Map<string, Shown>();
    const holds = this.#holds(now);
    const after = this.#entries.map(entry => {
      const heldUntil = holds.get(limiterOf(entry));
      const known = { ...entry, heldUntil, obstacle: obstacles.get(entry.key.id) };
      const old = this.#shown.get(entry.key.id);
      const isCurrent = old && !review && isSameKnowledge(old.known, known);
      const state = isCurrent ? old.state : reuse(old?.state, keyStateOf(known, settings, now));
      shown.set(entry.key.id, { known, state });
      return state;
    });
    this.#shown = shown;
    const changed =
      after.length !== this.#snapshot.length || after.some((state, index) => state !== this.#snapshot[index]);
    if (changed) this.#snapshot = Object.freeze(after);
    return changed;
  }

  /** Until when those limiters are closed that have no room now: the keys behind them wait. */
  #holds(now: number): Map<string, number> {
    const holds = new Map<string, number>();
    for (const entry of this.#entries) {
      const limiter = entry.gateway?.limiters[entry.limiterName];
      if (!limiter || holds.has(limiterOf(entry))) continue;
      holds.set(
        limiterOf(entry),
        freeAt(this.#store.requests, entry.key.origin, entry.limiterName, limiter, now),
      );
    }
    return new Map([...holds].filter(([, until]) => until > now));
  }

  #arrange(now: number): void {
    this.#isArranged = true;
    const stateOf = (keyId: string) => this.#states.get(keyId) ?? { keyId, ...NOTHING_KNOWN };
    this.#entries = entriesOf(this.#keys, stateOf, this.#settings(), now);
    this.#places = new Map(this.#entries.map(({ key }, index) => [key.id, index]));
  }
}
