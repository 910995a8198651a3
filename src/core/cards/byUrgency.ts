import { isPast } from '../nextChange.ts';
import { sortedByAttention, unusableAndUnused } from '../quota/attention.ts';
import { isPaused } from '../quota/failure.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { Status } from '../quota/statusName.ts';
import { WEEK_MS } from '../time.ts';
import { eventsAhead } from './keyCard.ts';

/** In these something has happened already, or little is left. */
const TROUBLED: ReadonlySet<Status> = new Set<Status>(['exhausted', 'expired', 'invalid', 'disabled', 'low']);

interface Place {
  readonly key: KeyState;
  readonly rank: number;
  /** What orders keys of the same rank. */
  readonly at: number;
}

/**
 * All keys by what a person should see first: those with which something is wrong, then those that run out or expire
 * within a week, the earliest first, then the others as everywhere. Keys that nobody can use or seems to use come last.
 */
export function byUrgency(keys: readonly KeyState[], now: number): readonly KeyState[] {
  const unused = unusableAndUnused(keys, now);
  return sortedByAttention(keys, now)
    .map(key => placeOf(key, unused, now))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ key }) => key);
}

function placeOf(key: KeyState, unused: ReadonlySet<KeyState>, now: number): Place {
  if (unused.has(key)) return { key, rank: 3, at: 0 };
  if (isPaused(key)) return { key, rank: 2, at: 0 };
  if (TROUBLED.has(key.status)) return { key, rank: 0, at: 0 };
  const at = endsAt(key, now);
  return at === undefined ? { key, rank: 2, at: 0 } : { key, rank: 1, at };
}

/** When a key runs out or expires, if that is within a week. */
function endsAt(key: KeyState, now: number): number | undefined {
  const first = eventsAhead(key, now).find(({ what }) => what !== 'resets');
  return first && isPast(first.at - WEEK_MS, now) ? first.at : undefined;
}
