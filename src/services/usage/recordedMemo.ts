import type { Store } from '../../core/ports/store.ts';
import { type Unit, unitId } from '../../core/quota/unit.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { certainSpend } from './plausibility.ts';
import { recordedInOtherUnits, recordedUsage } from './recordedUsage.ts';

/** What readings say about a range. */
export interface Recorded {
  readonly usage: Usage | undefined;
  readonly inOtherUnits: readonly Usage[];
  /** See `certainSpend`. */
  readonly certain: number;
}

interface Memo {
  readonly version: string;
  readonly at: number;
  readonly ranges: Map<string, Recorded>;
}

/** Kept this long, since merging old readings changes no sum but may change how a part of a range is estimated. */
const MAX_AGE_MS = 10 * MINUTE_MS;
/** Ranges that are kept for a key: those that a person clicks through. */
const MAX_RANGES = 16;

const memos = new WeakMap<Store, Map<string, Memo>>();

/**
 * What readings say about a range. A month has thousands of them, so the result is kept until the key is read again, or
 * its history erased.
 * `now` is in epoch milliseconds.
 */
export function recordedIn(store: Store, keyId: string, unit: Unit, range: Range, now: number): Recorded {
  const { ranges } = memoOf(store, keyId, now);
  const name = JSON.stringify([unitId(unit), unit.source, range.from, range.to]);
  const known = ranges.get(name);
  if (known) return known;
  const recorded = {
    usage: recordedUsage(store, keyId, unit, range),
    inOtherUnits: recordedInOtherUnits(store, keyId, unit, range),
    certain: certainSpend(store, keyId, unit, range),
  };
  if (ranges.size >= MAX_RANGES) ranges.clear();
  ranges.set(name, recorded);
  return recorded;
}

function memoOf(store: Store, keyId: string, now: number): Memo {
  const { checkedAt, reading } = store.states.stateOf(keyId) ?? {};
  const erasedAt = store.logTries.takenSince(keyId);
  const version = [store.dataVersion, checkedAt, reading?.takenAt, erasedAt].join(' ');
  const ofStore = memos.get(store) ?? new Map<string, Memo>();
  memos.set(store, ofStore);
  const known = ofStore.get(keyId);
  if (known?.version === version && Math.abs(now - known.at) < MAX_AGE_MS) return known;
  const memo = { version, at: now, ranges: new Map<string, Recorded>() };
  ofStore.set(keyId, memo);
  return memo;
}
