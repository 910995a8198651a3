import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { previousPeriod } from '../../core/usage/previousPeriod.ts';
import { localDay, parseRange, type Range } from '../../core/usage/range.ts';
import type { RangeEnds } from '../../core/usage/rangePresets.ts';
import type { PeriodBefore } from '../../text/review/reviewContent.ts';
import { ledgerAnswer } from '../ledger/ledgerAnswer.ts';
import { pickUsage } from './pickUsage.ts';
import { recordedIn } from './recordedMemo.ts';

/** The period of equal length before a range of whole days or of moments. `now` is in epoch milliseconds. */
export function periodBefore(range: Range, now: number): RangeEnds | undefined {
  const days = { from: localDay(range.from), to: localDay(range.to) };
  const wholeDays = parseRange(days.from, days.to, now).range;
  const isWholeDays = wholeDays?.from === range.from && wholeDays.to === range.to;
  const moments = { from: isoTime(range.from), to: isoTime(range.to) };
  return previousPeriod(isWholeDays ? days : moments, now);
}

/** What a key spent in the period before, in the unit of its report, as far as it is known without asking. */
export function spentBefore(
  store: Store,
  key: KeyRecord,
  unit: Unit,
  { from, to }: RangeEnds,
  now: number,
): PeriodBefore | undefined {
  const { range } = parseRange(from, to, now);
  if (!range) return undefined;
  const told = ledgerAnswer(store, key, range, now)?.usage;
  const inUnit = told && isSameUnit(told.unit, unit) ? told : undefined;
  const usage = pickUsage(range, [inUnit, recordedIn(store, key.id, unit, range, now).usage]);
  if (!usage?.total) return undefined;
  return { unit: usage.unit, used: usage.total.used, isComplete: usage.coverage.complete };
}
