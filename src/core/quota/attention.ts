import { memoizeBySnapshot } from '../memoizeBySnapshot.ts';
import { isPast } from '../nextChange.ts';
import { DAY_MS } from '../time.ts';
import { endOf, isExpiring } from './ends.ts';
import { isPaused } from './failure.ts';
import { headroomOf, shareLeft } from './headroom.ts';
import type { KeyState } from './keyState.ts';
import { serversOf } from './serversOf.ts';
import type { Status } from './statusName.ts';
import { UNUSABLE } from './statusName.ts';

const URGENCY: Readonly<Record<Status, number>> = {
  exhausted: 8,
  expired: 7,
  invalid: 6,
  disabled: 5,
  low: 4,
  stale: 2,
  unknown: 1,
  ok: 0,
};
const EXPIRING_URGENCY = 3;
/** A paused key needs no attention: a person has paused it. */
const PAUSED_URGENCY = -1;

/** Whether all is well with a key: its line is green. */
export function needsNoAttention(state: KeyState, now: number): boolean {
  return state.status === 'ok' && !isExpiring(state, now);
}

/**
 * Whether the tree's badge counts a key: all is not well with it, and its checks are not paused. Nothing is wrong
 * with a key that was just added.
 */
export function needsAttention(state: KeyState, now: number): boolean {
  return urgencyOf(state, now) > 0;
}

function urgencyOf(state: KeyState, now: number): number {
  if (isPaused(state)) return PAUSED_URGENCY;
  const isNew = state.status === 'unknown' && state.failure === undefined;
  if (isNew) return 0;
  const urgency = URGENCY[state.status];
  return urgency < EXPIRING_URGENCY && isExpiring(state, now) ? EXPIRING_URGENCY : urgency;
}

/** After so long without being usable, a key counts as unused: whoever used it would have replaced it. */
const UNUSED_AFTER_MS = 3 * DAY_MS;

/**
 * The keys that cannot be used and that nobody seems to use: nothing was spent lately, or they have not been usable for
 * days. Where that is not known, they are among these if other keys are known to be in use.
 */
export const unusableAndUnused = memoizeBySnapshot(
  (keys: readonly KeyState[], now): ReadonlySet<KeyState> => {
    const unusable = keys.filter(key => UNUSABLE.has(key.status) && !isPaused(key));
    const isElsewhere = keys.some(
      ({ status, forecast }) => !UNUSABLE.has(status) && (forecast?.perDay ?? 0) > 0,
    );
    return new Set(unusable.filter(key => isUnused(key, isElsewhere, now)));
  },
);

function isUnused({ reading, forecast }: KeyState, isElsewhere: boolean, now: number): boolean {
  const lastUsable = Math.min(
    endOf(reading)?.at ?? Number.POSITIVE_INFINITY,
    reading ? Date.parse(reading.takenAt) : Number.POSITIVE_INFINITY,
  );
  if (isPast(lastUsable + UNUSED_AFTER_MS, now)) return true;
  return forecast?.perDay === undefined ? isElsewhere : forecast.perDay === 0;
}

/** Orders keys by what a person should see first: most urgent, then tightest, then by label. */
export function byAttention(now: number): (a: KeyState, b: KeyState) => number {
  return (a, b) => byRank(rankOf(a, now), rankOf(b, now));
}

interface Ranked {
  readonly keys: readonly KeyState[];
  /** How many need attention: they are the first ones. */
  readonly troubled: number;
}

const ranked = memoizeBySnapshot((snapshot: readonly KeyState[], now): Ranked => {
  const ranks = snapshot.map(key => rankOf(key, now)).sort(byRank);
  const firstWell = ranks.findIndex(({ urgency }) => urgency <= 0);
  return { keys: ranks.map(({ key }) => key), troubled: firstWell < 0 ? ranks.length : firstWell };
});

/** A snapshot in that order. */
export function sortedByAttention(snapshot: readonly KeyState[], now: number): readonly KeyState[] {
  return ranked(snapshot, now).keys;
}

/** How many keys of a snapshot need attention, but for some. A server does not count beside its keys. */
export function countTroubled(
  snapshot: readonly KeyState[],
  now: number,
  isLeftOut: (key: KeyState) => boolean = () => false,
): number {
  const { keys, troubled: count } = ranked(snapshot, now);
  const troubled = keys.slice(0, count);
  const servers = serversOf(troubled);
  return troubled.filter(key => !servers.has(key.id) && !isLeftOut(key)).length;
}

interface Rank {
  readonly key: KeyState;
  readonly urgency: number;
  readonly tightness: number;
}

function rankOf(key: KeyState, now: number): Rank {
  return { key, urgency: urgencyOf(key, now), tightness: tightness(key) };
}

function byRank(a: Rank, b: Rank): number {
  return (
    b.urgency - a.urgency ||
    a.tightness - b.tightness ||
    a.key.label.localeCompare(b.key.label) ||
    a.key.id.localeCompare(b.key.id)
  );
}

function tightness(state: KeyState): number {
  const headroom = headroomOf(state.reading);
  return shareLeft(headroom) ?? (headroom.unlimited ? 2 : 1);
}
