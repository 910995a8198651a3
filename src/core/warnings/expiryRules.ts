import { endPhaseOf, localTime } from '../quota/ends.ts';
import type { KeyState } from '../quota/keyState.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { isLast, type ThresholdRule } from './thresholdRule.ts';
import type { Severity } from './warning.ts';

/** Ends that differ by less are the same: some gateways compute them from the time of every answer. */
const SAME_END_MS = HOUR_MS;
const NEAR_DAYS = 3;

/** Stands for the end of a key whose gateway calls it expired without having told a date. */
const UNDATED_END = 'undated';

/** The end of a key, and of the plan behind it. */
export function endRules(key: KeyState, days: readonly number[], now: number): ThresholdRule[] {
  return [expiryRule(key, days, now), planRule(key, days, now)].filter(rule => rule !== undefined);
}

/** The days to a key's end, or the gateway's word that it has come. */
function expiryRule(key: KeyState, days: readonly number[], now: number): ThresholdRule | undefined {
  const { reading, failure } = key;
  if (reading?.expiresAt === undefined && failure?.class !== 'expired') return undefined;
  const isRefused = failure?.class === 'expired';
  const ends = reading?.expiresAt ? firstOfSame(reading.expiresAt, reading.plan?.expiresAt) : null;
  return endRule(key, 'expiry', days, ends ?? (isRefused ? UNDATED_END : null), isRefused, now);
}

/** The key's own end; its plan's where that is the same end and comes first. */
function firstOfSame(own: string, plan: string | undefined): string {
  return plan !== undefined && isSameEnd(own, plan) && Date.parse(plan) < Date.parse(own) ? plan : own;
}

/** The same for the plan behind a key, unless it is the key's own end. */
function planRule(key: KeyState, days: readonly number[], now: number): ThresholdRule | undefined {
  const { reading } = key;
  const ends = reading?.plan?.expiresAt;
  if (ends === undefined || isSameEnd(ends, reading?.expiresAt ?? '')) return undefined;
  return endRule(key, 'plan', days, ends, false, now);
}

/** The severity of an end: a warning within the last days, before that only information. */
function severityOfEnd(days: number): Severity {
  if (days === 0) return 'error';
  return days <= NEAR_DAYS ? 'warning' : 'info';
}

/** `ends` is null for a key that never ends, which ends every earlier episode. */
function endRule(
  key: KeyState,
  kind: 'expiry' | 'plan',
  days: readonly number[],
  ends: string | null,
  isEnded: boolean,
  now: number,
): ThresholdRule {
  const isDated = ends !== null && ends !== UNDATED_END;
  const left = isDated ? localTime(ends, key.reading ?? {}) - now : Number.POSITIVE_INFINITY;
  // An end that may have come does not fire before the gateway confirms it; the days before it have fired already.
  const isDoubtful = left <= 0 && endPhaseOf(key, now) === 'doubtful';
  return {
    keyId: key.id,
    kind,
    name: kind,
    thresholds: [0, ...days],
    isCrossed: threshold => isEnded || (!isDoubtful && left <= threshold * DAY_MS),
    // The same end does not fire again when the clock is put back.
    isLeft: () => false,
    of: ends ?? undefined,
    isSame: of => ends !== null && of !== undefined && isSameEnd(of, ends),
    severity: severityOfEnd,
    isUrgent: isLast,
  };
}

function isSameEnd(a: string, b: string): boolean {
  return a === b || Math.abs(Date.parse(a) - Date.parse(b)) < SAME_END_MS;
}
