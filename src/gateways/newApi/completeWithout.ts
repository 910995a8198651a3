import { mergeSpans } from '../../core/ledger/spans.ts';
import type { SecondSpan, SpendRecords } from '../../core/ledger/spendRecord.ts';

/** The most parts that are left out one by one; everything older than these is left out as a whole. */
const MAX_HOLES = 49;

/** The part of a span, and the holes in it, for which an answer is complete that lacks some parts. */
export function completeWithout(
  span: SecondSpan,
  parts: readonly SecondSpan[],
): Pick<SpendRecords, 'complete' | 'holes'> {
  const holes = mergeSpans(parts);
  const from = Math.max(span.from, holes.at(-MAX_HOLES - 1)?.to ?? 0);
  if (from >= span.to) return { complete: undefined };
  return { complete: { from, to: span.to }, ...(holes.length > 0 && { holes }) };
}
