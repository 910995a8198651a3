import { UNFOCUSED_DELAY_MS } from '../core/ports/windowActivity.ts';
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';

/** How often a window polls for changes without an event, such as what another window wrote. */
const LOOK_EVERY_MS = { focused: 20 * SECOND_MS, unfocused: MINUTE_MS } as const;
/** A timer may fire slightly early; the next look is at least this far away, so that none is made twice. */
const MIN_SLEEP_MS = SECOND_MS;

/**
 * Milliseconds until the next look. All parts of a window look at the same moments of the clock, because each time that
 * a process wakes costs more than what is done then. Windows without focus look seldom, and after the focused one.
 *
 * @param now epoch milliseconds.
 * @param everyMs for work that is done only at some of these moments.
 */
export function msToNextLook(
  now: number,
  focused: boolean,
  everyMs: number = focused ? LOOK_EVERY_MS.focused : LOOK_EVERY_MS.unfocused,
): number {
  const left = everyMs - ((now - (focused ? 0 : UNFOCUSED_DELAY_MS)) % everyMs);
  return left < MIN_SLEEP_MS ? left + everyMs : left;
}
