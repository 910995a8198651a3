import { isDeepStrictEqual } from 'node:util';
import { noteChangeAt, withNextChange } from '../../core/nextChange.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { KeyState, SpendInUnit } from '../../core/quota/keyState.ts';
import { type KeyStateParts, keyStateOf, type LimitsOf } from './keyStateOf.ts';
import type { PolledKey } from './polledKey.ts';

/** What a key's state is computed from, beside settings and time. A state is computed again when one of these is another object. */
export interface KeyStateInputs {
  readonly entry: PolledKey;
  /** When the request budget has room again, epoch milliseconds. */
  readonly heldUntil: number | undefined;
  /** Why this window cannot ask. */
  readonly obstacle: Failure | undefined;
  readonly spend: SpendInUnit | undefined;
  readonly limitsOf: LimitsOf | undefined;
}

/** Looks up the accounts that a key's state names; called only where the state is computed. */
type AccountsOf = (keyId: string) => Pick<KeyStateParts, 'separatedFrom' | 'listedBy'>;

export interface MemoizedState extends KeyStateInputs {
  readonly state: KeyState;
  /** The time in which the state is true, epoch milliseconds; after that it is computed again. */
  readonly since: number;
  readonly until: number;
}

/** Memoizes the states of keys: one that is still true keeps its object. */
export class KeyStateMemo {
  readonly #settings: () => Settings;
  readonly #memoized = new Map<string, MemoizedState>();

  constructor(settings: () => Settings) {
    this.#settings = settings;
  }

  /** The state of a key; `review` computes it again all the same, since settings count as well. */
  stateFor(inputs: KeyStateInputs, accountsOf: AccountsOf, now: number, review: boolean): MemoizedState {
    const old = this.#memoized.get(inputs.entry.key.id);
    if (old && !review && isCurrent(old, inputs, now)) return old;
    const { entry, ...others } = inputs;
    const { value: computed, until } = withNextChange(() => {
      if (inputs.heldUntil !== undefined) noteChangeAt(inputs.heldUntil);
      const othersAsk = entry.limiter.othersAsk && !entry.account;
      return keyStateOf(
        { ...entry, ...others, othersAsk, ...accountsOf(entry.key.id) },
        this.#settings(),
        now,
      );
    });
    const state = old && isDeepStrictEqual(old.state, computed) ? old.state : computed;
    const memoized = { ...inputs, state, since: now, until };
    this.#memoized.set(entry.key.id, memoized);
    return memoized;
  }

  /** How many keys have a state. */
  get size(): number {
    return this.#memoized.size;
  }

  forgetWhere(isGone: (keyId: string) => boolean): void {
    for (const keyId of this.#memoized.keys()) if (isGone(keyId)) this.#memoized.delete(keyId);
  }
}

function isCurrent(old: MemoizedState, inputs: KeyStateInputs, now: number): boolean {
  return (
    old.entry === inputs.entry &&
    old.heldUntil === inputs.heldUntil &&
    old.spend === inputs.spend &&
    old.limitsOf === inputs.limitsOf &&
    old.obstacle?.reason === inputs.obstacle?.reason &&
    old.since <= now &&
    now < old.until
  );
}
