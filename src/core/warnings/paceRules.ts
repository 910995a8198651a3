import { headroomOf } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';
import { isSameUnit } from '../quota/unit.ts';
import { HOUR_MS } from '../time.ts';
import { localDay } from '../usage/range.ts';
import type { ThresholdRule } from './thresholdRule.ts';
import type { SpendFigures } from './warning.ts';
import type { WarningRules } from './warningRules.ts';

/** A forecast fires when the key will last no longer than this. */
const FORECAST_FIRES_BELOW_MS = 24 * HOUR_MS;
/** Hysteresis: a forecast fires again only after one that was longer than this, because forecasts vary. */
const FORECAST_REARMS_ABOVE_MS = 36 * HOUR_MS;
/** The least time until spend fires again on another day, in whatever time zone that day began. */
const NEXT_DAY_MS = 20 * HOUR_MS;
/** For units without a smallest amount: spend below this part of the total never fires. */
const SMALL_PART = 0.05;

/** The rules about how fast a key is spent. Only for figures that speak for the present. */
export function paceRules(
  key: KeyState,
  spend: SpendFigures | undefined,
  rules: WarningRules,
  now: number,
): ThresholdRule[] {
  return [forecastRule(key, now), spendRule(key, spend, rules, now)].filter(rule => rule !== undefined);
}

/** Whether a key will run out within a day at its present pace, as far as that can be foreseen. */
function forecastRule(key: KeyState, now: number): ThresholdRule | undefined {
  const { forecast } = key;
  if (forecast?.confidence !== 'fair' && forecast?.confidence !== 'good') return undefined;
  const lastsMs =
    forecast.lastsUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(forecast.lastsUntil) - now;
  return {
    keyId: key.id,
    kind: 'forecast',
    name: 'forecast',
    thresholds: [0],
    isCrossed: () => lastsMs <= FORECAST_FIRES_BELOW_MS,
    isLeft: () => lastsMs > FORECAST_REARMS_ABOVE_MS,
    severity: () => 'warning',
  };
}

/** Whether a key spent far more today than on its ordinary days. */
function spendRule(
  key: KeyState,
  spend: SpendFigures | undefined,
  rules: WarningRules,
  now: number,
): ThresholdRule | undefined {
  if (!spend || rules.spendFactor <= 0) return undefined;
  const isFarAbove =
    spend.today >= rules.spendFactor * spend.normal && spend.today >= smallestSpend(key, spend, rules);
  return {
    keyId: key.id,
    kind: 'spend',
    name: 'spend',
    thresholds: [0],
    isCrossed: () => isFarAbove,
    isLeft: (_threshold, { at }) => now - at >= NEXT_DAY_MS && localDay(at) < localDay(now),
    severity: () => 'warning',
    spend,
  };
}

function smallestSpend(
  { reading }: KeyState,
  { normal }: SpendFigures,
  { smallSpend }: WarningRules,
): number {
  const amount = reading && smallSpend[reading.unit.code];
  if (amount !== undefined) return amount;
  const { total, unit } = headroomOf(reading);
  if (reading && total !== undefined && isSameUnit(unit, reading.unit)) return total * SMALL_PART;
  return normal > 0 ? 0 : Number.POSITIVE_INFINITY;
}
