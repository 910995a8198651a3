import { endOf, ownTime } from '../quota/ends.ts';
import { isOverdue } from '../quota/freshness.ts';
import type { KeyState } from '../quota/keyState.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import type { ThresholdRule } from './thresholdRule.ts';
import type { Severity } from './warning.ts';

/** Ends that differ by less are one: some gateways count them anew from every answer. */
const SAME_END_MS = HOUR_MS;
const NEAR_DAYS = 3;

/** Stands for the end of a key whose gateway calls it expired without having told a date. */
const UNDATED = 'undated';

/** Whether a key's time is over, by its date, its plan's, or by what the gateway says. */
export function hasEnded({ reading, failure }: KeyState, now: number): boolean {
  const end = endOf(reading);
  return failure?.class === 'expired' || (end !== undefined && end.at <= now);
}

/**
 * The days to a key's end. The date stays true when a check fails, but not when none was made: after a leap
 * of the clock the gateway speaks first.
 */
export function expiryRule(key: KeyState, days: readonly number[], now: number): ThresholdRule | undefined {
  const { reading, failure } = key;
  if (reading?.expiresAt === undefined && failure?.class !== 'expired') return undefined;
  if (isOverdue(key, now)) return undefined;
  const refused = failure?.class === 'expired';
  return endRule(key, 'expiry', days, reading?.expiresAt ?? (refused ? UNDATED : null), refused, now);
}

/** The same for the plan behind a key, unless it is the key's own end. */
export function planRule(key: KeyState, days: readonly number[], now: number): ThresholdRule | undefined {
  const { reading } = key;
  const ends = reading?.plan?.expiresAt;
  if (ends === undefined || isSameEnd(ends, reading?.expiresAt ?? '')) return undefined;
  if (isOverdue(key, now)) return undefined;
  return endRule(key, 'plan', days, ends, false, now);
}

/** How loud an end is: the last days are more than a note. */
export function severityOfEnd(days: number): Severity {
  if (days === 0) return 'error';
  return days <= NEAR_DAYS ? 'warning' : 'info';
}

/** `ends` is null for a key that never ends, which leaves every earlier episode. */
function endRule(
  { id: keyId, reading }: KeyState,
  name: string,
  days: readonly number[],
  ends: string | null,
  isEnded: boolean,
  now: number,
): ThresholdRule {
  const isDated = ends !== null && ends !== UNDATED;
  const left = isDated ? ownTime(ends, reading ?? {}) - now : Number.POSITIVE_INFINITY;
  return {
    keyId,
    name,
    thresholds: [0, ...days],
    isCrossed: threshold => isEnded || left <= threshold * DAY_MS,
    // Time does not run back: where a clock is put back, the same end is no news.
    isLeft: () => false,
    of: ends ?? undefined,
    isSame: of => ends !== null && of !== undefined && isSameEnd(of, ends),
  };
}

function isSameEnd(a: string, b: string): boolean {
  return a === b || Math.abs(Date.parse(a) - Date.parse(b)) < SAME_END_MS;
}
