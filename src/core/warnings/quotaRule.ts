import { type Headroom, headroomOf, headroomsOf, ownHeadroomOf } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';
import { isAtOrBelow, type Level, levelOfLimit } from '../quota/low.ts';
import { windowId } from '../quota/quotaWindow.ts';
import type { Reading } from '../quota/reading.ts';
import { unitId } from '../quota/unit.ts';
import { isLast, type ThresholdRule } from './thresholdRule.ts';
import type { KeyThresholds } from './warningRules.ts';

/** Hysteresis: a threshold is left when the figure is above it by this part of it. */
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
  thresholds: KeyThresholds,
): ThresholdRule | undefined {
  const { id: keyId, reading, failure, status } = key;
  // Whether the refusal still holds was concluded from figures that a reset has taken out of this reading.
  const isRefused = failure?.class === 'exhausted' && status === 'exhausted';
  if (!isRefused && !isCurrent) return undefined;
  const headroom = headroomOf(reading);
  const known = levelOfLimit(headroom);
  if (!isRefused) return known && ruleOf(keyId, known, headroom, thresholds);
  if (known && known.left <= 0) return ruleOf(keyId, { ...known, left: 0 }, headroom, thresholds);
  // A refusal that no figure explains is about an unknown limit.
  const level = { ...(known ?? USED_UP), left: 0 };
  return { ...ruleOf(keyId, level, { ...headroom, window: undefined }, thresholds), of: REFUSAL };
}

/**
 * The limits of a key that do not bind at present: they never fire, but an episode of one ends once it has more left,
 * so that it can fire again.
 */
export function otherQuotaRules(
  { id: keyId, reading }: KeyState,
  isCurrent: boolean,
  thresholds: KeyThresholds,
): readonly ThresholdRule[] {
  if (!isCurrent || !reading) return [];
  const rulesOf = (limits: readonly Headroom[]) =>
    limits.flatMap(limit => {
      const level = levelOfLimit(limit);
      return level ? [{ ...ruleOf(keyId, level, limit, thresholds), isCrossed: () => false }] : [];
    });
  const [binding] = rulesOf([headroomOf(reading)]);
  const told = rulesOf(headroomsOf(reading));
  const others = rulesOf(plentyOf(reading, thresholds)).filter(rule => !told.some(isNamedAs(rule)));
  const ending = levelOfLimit(ownHeadroomOf(reading)) ? others : others.map(endingRefusals);
  return [...told, ...ending].filter(rule => !binding || !isNamedAs(binding)(rule));
}

/** Where nobody knows what is left, a refusal may be over, and nothing else is. */
const endingRefusals = (rule: ThresholdRule): ThresholdRule => ({
  ...rule,
  isLeft: (threshold, { of }) => isLast(threshold) && of === REFUSAL,
});

const isNamedAs = (a: ThresholdRule) => (b: ThresholdRule) => a.name === b.name;

/**
 * The scales on which a key tells no figure apart from its quota windows, and is not known to have little: an episode is
 * over of a refusal that named no limit, and of an amount or a share where the key now tells the other, or has no limit.
 */
function plentyOf(reading: Reading, { percents, amounts }: KeyThresholds): readonly Headroom[] {
  const level = levelOfLimit(ownHeadroomOf(reading));
  if (level && level.left <= Math.max(0, ...(level.scale === 'percent' ? percents : amounts))) return [];
  const { unit } = reading;
  const ofShares = { unlimited: true, unit, from: 'none' } as const;
  const ofAmounts = { unlimited: false, remaining: Number.POSITIVE_INFINITY, unit, from: 'none' } as const;
  return [ofShares, ofAmounts];
}

function ruleOf(
  keyId: string,
  level: Level,
  { unit, window }: Headroom,
  { percents, amounts }: KeyThresholds,
): ThresholdRule {
  const thresholds = level.scale === 'percent' ? percents : amounts;
  const minMargin = level.scale === 'percent' ? MIN_MARGIN_PERCENT : marginOf(amounts);
  const name = level.scale === 'percent' ? 'low %' : `low ${unitId(unit)}`;
  return {
    keyId,
    kind: 'low',
    // Each window has episodes of its own.
    name: window ? `${name} ${windowId(window)}` : name,
    thresholds: [0, ...thresholds],
    isCrossed: threshold => isAtOrBelow(level, threshold),
    isLeft: threshold => level.left > threshold + Math.max(minMargin, threshold * MARGIN),
    severity: left => (left === 0 ? 'error' : 'warning'),
    isUrgent: isLast,
  };
}

/** In the marks of a refusal that no figure explains. */
const REFUSAL = 'refusal';

const USED_UP: Level = { scale: 'percent', left: 0 };

/** The least margin of amounts: a part of the smallest threshold. */
function marginOf(amounts: readonly number[]): number {
  return amounts.length === 0 ? 0 : Math.min(...amounts) * MARGIN;
}
