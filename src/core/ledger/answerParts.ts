import { QUARTER_S } from '../time.ts';
import type { SecondSpan, SpendRecords } from './spendRecord.ts';

/** As many records as are taken in within a few milliseconds. */
const MOST_RECORDS = 500;

/**
 * An answer about an account in parts that follow each other in time, of about `MOST_RECORDS` records each. A key's log
 * is short, and what its end says about the gateway's clock is said of the whole.
 */
export function answerParts(told: SpendRecords): readonly SpendRecords[] {
  const { source, records, complete } = told;
  if (source === 'keyLog' || !complete || records.length <= MOST_RECORDS) return [told];
  const { records: all, isLast } = told.partOf ?? { records, isLast: true };
  return spansOf(told, complete).map((span, index, { length }) => ({
    ...told,
    complete: span,
    records: records.filter(({ at, lasts = 1 }) => at < span.to && at + lasts > span.from),
    partOf: { records: all, isLast: isLast && index === length - 1 },
  }));
}

function spansOf({ records }: SpendRecords, { from, to }: SecondSpan): readonly SecondSpan[] {
  const quarters = records
    .map(({ at }) => Math.floor(at / QUARTER_S) * QUARTER_S)
    .filter(at => at > from && at < to)
    .sort((a, b) => a - b);
  const bounds = new Set(quarters.filter((_, index) => index > 0 && index % MOST_RECORDS === 0));
  const starts = [from, ...bounds];
  return starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to }));
}
