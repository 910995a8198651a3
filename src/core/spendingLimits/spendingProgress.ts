import { isUndivided } from '../ledger/isUndivided.ts';
import type { SpendSum } from '../ledger/spendSums.ts';
import type { KeySpend, KeyState } from '../quota/keyState.ts';
import { isSameUnit } from '../quota/unit.ts';
import { isoTime } from '../time.ts';
import { periodSpan } from './period.ts';
import type { SpendingLimit, SpendingProgress } from './spendingLimit.ts';

/** How much of a limit is spent, by what is known of its spend at `now`, epoch milliseconds. */
export function spendingProgress(
  { period, amount, unit }: SpendingLimit,
  spend: KeySpend | undefined,
  now: number,
  monthBegins: number,
): SpendingProgress {
  const { from, to } = periodSpan(period, now, monthBegins);
  // Nothing is known of a period that began after the gateway was last heard.
  const isHeard = spend?.until === undefined || Date.parse(spend.until) >= from;
  const spent = spend && isHeard ? spentIn(period, spend, now, monthBegins) : undefined;
  return {
    period,
    limit: amount,
    unit,
    ...(spent !== undefined && { spent }),
    resetsAt: isoTime(to),
    complete:
      spent !== undefined &&
      spend !== undefined &&
      spend.until === undefined &&
      Date.parse(spend.since) <= from &&
      !isUndivided(spend, from),
  };
}

/**
 * The same for all keys of the limit's unit. Where the spend of keys may be in that of accounts as well, it is at least
 * the larger of the two.
 */
export function currencyProgress(
  limit: SpendingLimit,
  sums: readonly SpendSum[],
  now: number,
  monthBegins: number,
): SpendingProgress {
  const ofUnit = sums.filter(({ unit }) => isSameUnit(unit, limit.unit));
  const [largest] = ofUnit
    .map(sum => sumProgress(limit, sum, now, monthBegins))
    .map(progress => ({ ...progress, complete: progress.complete && ofUnit.length === 1 }))
    .sort((a, b) => (b.spent ?? 0) - (a.spent ?? 0));
  return largest ?? spendingProgress(limit, undefined, now, monthBegins);
}

/** A key without the progress of limits that are not among these, which are its own. */
export function withLimitsAmong(key: KeyState, limits: readonly SpendingLimit[]): KeyState {
  const { spendingLimits } = key;
  const isThere = ({ period, limit, unit }: SpendingProgress) =>
    limits.some(each => each.period === period && each.amount === limit && isSameUnit(each.unit, unit));
  if (!spendingLimits || spendingLimits.every(isThere)) return key;
  return { ...key, spendingLimits: spendingLimits.filter(isThere) };
}

/**
 * Where the spend of one key is not known, that of the others is a lower bound, and `spent` is absent while that is 0.
 */
function sumProgress(
  limit: SpendingLimit,
  { until, missing, ...sum }: SpendSum,
  now: number,
  monthBegins: number,
): SpendingProgress {
  const { spent, ...progress } = spendingProgress(limit, sum, now, monthBegins);
  if (spent === undefined || (spent === 0 && until !== undefined)) return { ...progress, complete: false };
  return { ...progress, spent, complete: progress.complete && missing === 0 && until === undefined };
}

function spentIn(
  period: SpendingLimit['period'],
  { today, calendarWeek, month, monthFrom }: KeySpend,
  now: number,
  monthBegins: number,
): number | undefined {
  switch (period) {
    case 'day':
      return today;
    case 'week':
      return calendarWeek;
    case 'month': {
      // Spend that was worked out for another first day of the month says nothing about this month.
      const counted = monthFrom === undefined ? periodSpan('month', now, 1).from : Date.parse(monthFrom);
      return counted === periodSpan('month', now, monthBegins).from ? month : undefined;
    }
  }
}
