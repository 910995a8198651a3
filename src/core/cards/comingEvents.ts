import { dayOf, startOfDay } from '../ledger/localDays.ts';
import { noteChangeAt } from '../nextChange.ts';
import { isPaused } from '../quota/failure.ts';
import type { KeyState } from '../quota/keyState.ts';
import { type CardEvent, eventsAhead } from './keyCard.ts';

/** How many days are looked ahead, today included. */
const COMING_DAYS = 14;

/** What will happen to a key within these days. */
export interface ComingEvent extends CardEvent {
  readonly key: KeyState;
  /** How many local days from today. */
  readonly day: number;
}

/**
 * What runs out or expires within two weeks, the earliest first. A reset is among them only where little is left, so
 * that somebody waits for it. What would come after the key has ended is left out.
 */
export function comingEvents(keys: readonly KeyState[], now: number): readonly ComingEvent[] {
  const today = dayOf(now);
  noteChangeAt(startOfDay(today + 1));
  const until = startOfDay(today + COMING_DAYS);
  const events = keys
    .filter(key => !isPaused(key))
    .flatMap(key => eventsOf(key, now).map(event => ({ ...event, key, day: dayOf(event.at) - today })));
  return events
    .filter(({ at }) => at < until)
    .sort((a, b) => a.at - b.at || a.key.label.localeCompare(b.key.label));
}

function eventsOf(key: KeyState, now: number): readonly CardEvent[] {
  const ahead = eventsAhead(key, now);
  const end = ahead.findIndex(({ what }) => what === 'expires');
  const isWaitedFor = key.status === 'low' || key.status === 'exhausted';
  return (end < 0 ? ahead : ahead.slice(0, end + 1)).filter(({ what }) => what !== 'resets' || isWaitedFor);
}
