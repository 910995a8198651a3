import { isDeepStrictEqual } from 'node:util';
import { type Gateway, type Limiter, readLimiterOf, specOf } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import type { Settings } from '../host/settings.ts';
import { EXPIRY_NOTICE_MS } from '../quota/attention.ts';
import type { Failure } from '../quota/failure.ts';
import type { KeyRecord } from '../quota/key.ts';
import type { KeyState } from '../quota/keyState.ts';
import { statusOf } from '../quota/status.ts';
import type { CheckState } from '../store/stateTable.ts';
import type { Store } from '../store/store.ts';
import { freeAt } from './requestBudget.ts';
import { type Contender, intervalsOf } from './schedule.ts';
import { type KnownKey, keyStateOf } from './snapshot.ts';

const NO_LIMITER: Limiter = { calls: 1, windowMs: 0, holdMs: 0 };
const NOTHING_KNOWN = { failures: 0 } as const;

/** A key with all that this window knows about it. */
export interface Entry {
  readonly key: KeyRecord;
  readonly gateway: Gateway | undefined;
  readonly state: CheckState;
  readonly intervalMs: number;
  readonly limiterName: string;
  readonly urgent: boolean;
}

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

function limiterOf({ key, limiterName }: Entry): string {
  return `${key.origin} ${limiterName}`;
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
  #entries: readonly Entry[] = [];
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
    this.#version = this.#store.dataVersion;
    this.#keys = this.#store.keys.all();
    this.#states = new Map(this.#store.states.all().map(state => [state.keyId, state]));
    this.#arrange(now);
  }

  /** Takes in one key's new state, written by this window; it shows with the next `publish`. */
  update(state: CheckState): void {
    this.#states.set(state.keyId, state);
    this.#isArranged = false;
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
    const settings = this.#settings();
    const contenders = this.#keys.map(key => this.#contenderOf(key, settings, now));
    const intervals = intervalsOf(contenders);
    this.#entries = this.#keys.map((key, index) => ({
      key,
      gateway: gatewayOf(key.kind),
      state: this.#stateOf(key.id),
      intervalMs: intervals.get(key.id) ?? settings.pollMs,
      limiterName: contenders[index]?.limiterName ?? '',
      urgent: contenders[index]?.urgent ?? false,
    }));
  }

  #contenderOf(key: KeyRecord, settings: Settings, now: number): Contender {
    const gateway = gatewayOf(key.kind);
    const { reading, failure, dueAt } = this.#stateOf(key.id);
    const status = statusOf({
      reading,
      failure,
      now,
      low: settings.low,
      staleAfterMs: Number.POSITIVE_INFINITY,
    });
    const expiresAt = reading?.expiresAt;
    const expiring =
      typeof expiresAt === 'string' && Math.abs(Date.parse(expiresAt) - now) < EXPIRY_NOTICE_MS;
    const limiterName = gateway ? readLimiterOf(gateway, key.credential) : '';
    const restMs = (gateway && specOf(gateway, key.credential)?.restMs) ?? 0;
    const minutes = settings.gateways.get(key.origin)?.pollMinutes;
    return {
      id: key.id,
      origin: key.origin,
      pinned: key.pinned,
      urgent: status === 'low' || expiring,
      limiterName,
      limiter: gateway?.limiters[limiterName] ?? NO_LIMITER,
      paused: dueAt === undefined,
      wantedMs: Math.max(restMs, minutes ? minutes * 60_000 : settings.pollMs),
    };
  }

  #stateOf(keyId: string): CheckState {
    return this.#states.get(keyId) ?? { keyId, ...NOTHING_KNOWN };
  }
}
