import type { KeyState } from '../quota/keyState.ts';
import { isAtOrBelow, isRefusedAsUsedUp, type Level, levelOf } from '../quota/low.ts';
import { unitId } from '../quota/unit.ts';
import { isLast, type ThresholdRule } from './thresholdRule.ts';
import type { KeyThresholds } from './warningRules.ts';

/** A threshold is left again when this part of it is there on top. */
const MARGIN = 0.1;
/** Per cent; the margin of small thresholds, and of used up. */
const MIN_MARGIN_PERCENT = 1;

/**
 * What is left on a key: per cent where there is a total, else an amount. Only figures that speak for the
 * present count; and a gateway that refuses the key as used up.
 */
export function quotaRule(
  key: KeyState,
  isCurrent: boolean,
  { percents, amounts }: KeyThresholds,
  now: number,
): ThresholdRule | undefined {
  const { id: keyId, reading, failure } = key;
  const checkedAt = key.checkedAt === undefined ? undefined : Date.parse(key.checkedAt);
  const isRefused = isRefusedAsUsedUp(failure, reading, checkedAt, now);
  if (!isRefused && !isCurrent) return undefined;
  const known = levelOf(reading) ?? (isRefused ? USED_UP : undefined);
  if (!known) return undefined;
  const level = isRefused ? { ...known, left: 0 } : known;
  const thresholds = level.scale === 'percent' ? percents : amounts;
  const minMargin = level.scale === 'percent' ? MIN_MARGIN_PERCENT : marginOf(amounts);
  return {
    keyId,
    kind: 'low',
    name: level.scale === 'percent' ? 'low %' : `low ${unitId(reading?.unit ?? NO_UNIT)}`,
    thresholds: [0, ...thresholds],
    isCrossed: threshold => isAtOrBelow(level, threshold),
    isLeft: threshold => level.left > threshold + Math.max(minMargin, threshold * MARGIN),
    severity: left => (left === 0 ? 'error' : 'warning'),
    isUrgent: isLast,
  };
}

/** Amounts come with a reading; without one there are none to compare. */
const NO_UNIT = { code: 'UNITS' } as const;
const USED_UP: Level = { scale: 'percent', left: 0 };

/** The least margin of amounts: a part of the smallest threshold. */
function marginOf(amounts: readonly number[]): number {
  return amounts.length === 0 ? 0 : Math.min(...amounts) * MARGIN;
}
