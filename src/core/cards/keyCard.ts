import { daysKnown } from '../ledger/daysKnown.ts';
import { isPast } from '../nextChange.ts';
import { endOf, endPhaseOf, isExpiring } from '../quota/ends.ts';
import { isPaused } from '../quota/failure.ts';
import { headroomOf, shareLeft } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';
import { namedResetAt } from '../quota/resets.ts';
import type { Status } from '../quota/statusName.ts';

/** What a color says: all is well, something is near, something has happened; `plain` says nothing. */
export type CardTone = 'good' | 'warning' | 'error' | 'plain';

/** What comes next, or has come. */
export interface CardEvent {
  readonly what: 'expires' | 'expired' | 'runsOut' | 'resets';
  /** By the clock of this computer, epoch milliseconds. */
  readonly at: number;
}

/** What a card shows of one key, whatever draws it. What is not known is absent. */
export interface KeyCard {
  readonly key: KeyState;
  readonly tone: CardTone;
  /** The part that is left, 0 to 1, and what the color of its bar says. */
  readonly bar?: { readonly share: number; readonly tone: CardTone };
  /** Whatever comes first. */
  readonly next?: CardEvent;
  /** By day, today last; undefined for a day that is not known. Absent where no day is. */
  readonly days?: readonly (number | undefined)[];
}

const TONES: Readonly<Record<Status, CardTone>> = {
  ok: 'good',
  low: 'warning',
  stale: 'warning',
  exhausted: 'error',
  expired: 'error',
  disabled: 'error',
  invalid: 'error',
  unknown: 'plain',
};

/** The statuses that are about the figure; in the others, a color of the figure would say something else. */
const OF_FIGURE: ReadonlySet<Status> = new Set<Status>(['ok', 'low', 'exhausted']);

/** The card of a key. */
export function keyCard(key: KeyState, now: number): KeyCard {
  const share = shareLeft(headroomOf(key.reading));
  const next = nextEvent(key, now);
  const days = key.spend && daysKnown(key.spend, now);
  return {
    key,
    tone: toneOf(key, now),
    ...(share !== undefined && { bar: { share, tone: barTone(key) } }),
    ...(next && { next }),
    ...(days?.some(day => day !== undefined) && { days }),
  };
}

function toneOf(key: KeyState, now: number): CardTone {
  if (isPaused(key)) return 'plain';
  return key.status === 'ok' && isExpiring(key, now) ? 'warning' : TONES[key.status];
}

function barTone(key: KeyState): CardTone {
  return OF_FIGURE.has(key.status) && !isPaused(key) ? TONES[key.status] : 'plain';
}

/** For a key that has ended, when that was; else whichever comes first: its end, when it runs out, a reset. */
function nextEvent(key: KeyState, now: number): CardEvent | undefined {
  const end = endOf(key.reading);
  if (endPhaseOf(key, now) === 'over')
    return end && isPast(end.at, now) ? { what: 'expired', at: end.at } : undefined;
  return eventsAhead(key, now)[0];
}

/** What is to come of a key, the earliest first; nothing for one that has ended. */
export function eventsAhead(key: KeyState, now: number): readonly CardEvent[] {
  const { reading, forecast } = key;
  if (endPhaseOf(key, now) === 'over') return [];
  const end = endOf(reading);
  const ahead: CardEvent[] = [];
  if (end) ahead.push({ what: 'expires', at: end.at });
  if (forecast?.lastsUntil !== undefined)
    ahead.push({ what: 'runsOut', at: Date.parse(forecast.lastsUntil) });
  const resetsAt = reading && namedResetAt(reading);
  if (resetsAt !== undefined) ahead.push({ what: 'resets', at: resetsAt });
  return ahead.filter(({ at }) => !isPast(at, now)).sort((a, b) => a.at - b.at);
}
