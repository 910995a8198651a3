import { isCurrent } from '../quota/freshness.ts';
import { headroomOf, shareLeft } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { ThresholdRule } from './thresholdRule.ts';
import type { KeyThresholds } from './warningRules.ts';

/** A threshold is left again when this part of it is there on top. */
const MARGIN = 0.1;
/** Per cent; the margin of small thresholds, and of used up. */
const MIN_MARGIN_PERCENT = 1;

/** Where a key stands: a figure and how to tell it from that of another scale. */
interface Standing {
  readonly name: string;
  readonly left: number;
  readonly thresholds: readonly number[];
  readonly minMargin: number;
}

/**
 * What is left on a key: per cent where there is a total, else an amount. Only figures that speak for the
 * present count; and a gateway that refuses the key as used up.
 */
export function quotaRule(key: KeyState, thresholds: KeyThresholds, now: number): ThresholdRule | undefined {
  const usedUp = key.failure?.class === 'exhausted';
  if (!usedUp && !isCurrent(key, now)) return undefined;
  const standing = standingOf(key, thresholds);
  if (!standing) return undefined;
  const { name, minMargin } = standing;
  const left = usedUp ? 0 : standing.left;
  return {
    keyId: key.id,
    name,
    thresholds: [0, ...standing.thresholds],
    isCrossed: threshold => left <= threshold,
    isLeft: threshold => left > threshold + Math.max(minMargin, threshold * MARGIN),
  };
}

function standingOf({ reading, failure }: KeyState, thresholds: KeyThresholds): Standing | undefined {
  const { percents, amounts } = thresholds;
  const headroom = headroomOf(reading);
  const share = shareLeft(headroom);
  const inPercent = { name: 'low %', thresholds: percents, minMargin: MIN_MARGIN_PERCENT };
  if (headroom.unlimited) return { ...inPercent, left: Number.POSITIVE_INFINITY };
  if (headroom.remaining === undefined)
    return failure?.class === 'exhausted' ? { ...inPercent, left: 0 } : undefined;
  // A share below 0 is cut off, and what is left above 0 is not used up however small it is.
  if (share !== undefined)
    return { ...inPercent, left: headroom.remaining > 0 ? Math.max(share * 100, Number.MIN_VALUE) : 0 };
  const smallest = Math.min(...amounts);
  const { code = 'UNITS', symbol = '' } = reading?.unit ?? {};
  return {
    name: `low ${code}${symbol}`,
    left: headroom.remaining,
    thresholds: amounts,
    minMargin: Number.isFinite(smallest) ? smallest * MARGIN : 0,
  };
}
