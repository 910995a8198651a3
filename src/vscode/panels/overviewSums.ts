import { spendSums } from '../../core/ledger/spendSums.ts';
import type { OverviewSum } from '../../core/panels/overviewMessages.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isSameUnit, unitName } from '../../core/quota/unit.ts';
import { SPENDING_PERIODS } from '../../core/spendingLimits/period.ts';
import type { LimitUnit, SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { currencyLimitsSpent, type LimitSpent } from '../../text/currencyLimits.ts';
import { areFiguresHidden } from '../../text/hiddenFigures.ts';
import { spendSumRows, unknownSumRow } from '../../text/spendSum.ts';

/** The limits for all keys of a currency, and the day on which their months begin. */
export interface CurrencyLimits {
  readonly ofCurrencies: readonly SpendingLimit[];
  readonly monthBegins: number;
}

/** From here on a limit is nearly spent. */
const NEAR = 0.8;

/** What was spent in each unit, and how much that is of the limits for all keys of it. */
export function overviewSums(
  keys: readonly KeyState[],
  now: number,
  { ofCurrencies, monthBegins }: CurrencyLimits,
): OverviewSum[] {
  const sums = spendSums(keys);
  const byPeriod = SPENDING_PERIODS.flatMap(each => ofCurrencies.filter(({ period }) => period === each));
  const limited = [...Map.groupBy(byPeriod, ({ unit }) => unitName(unit)).values()].flatMap(limits =>
    limits[0] ? [{ unit: limits[0].unit, limits: currencyLimitsSpent(limits, sums, now, monthBegins) }] : [],
  );
  // Where accounts and keys are two sums, the limit counts the larger one.
  const firstOf = (unit: LimitUnit) => sums.findIndex(sum => isSameUnit(sum.unit, unit));
  const rows = spendSumRows(keys, now).map((row, index) => ({
    ...row,
    notes: [...row.notes],
    limits: limited.filter(({ unit }) => firstOf(unit) === index).flatMap(each => each.limits.map(limitBar)),
  }));
  // For other currencies, only their limits are known.
  const others = limited.filter(({ unit }) => firstOf(unit) < 0);
  return [
    ...rows,
    ...others.map(({ unit, limits }) => ({
      ...unknownSumRow(unit),
      notes: [],
      limits: limits.map(limitBar),
    })),
  ];
}

/** The bar of a limit; none while figures are hidden. */
function limitBar({ text, share }: LimitSpent): OverviewSum['limits'][number] {
  if (share === undefined || areFiguresHidden()) return { text };
  const tone = share >= 1 ? 'error' : share >= NEAR ? 'warning' : 'good';
  return { text, bar: { share: Math.min(1, Math.max(0, share)), tone } };
}
