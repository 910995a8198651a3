import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  intersectSpans,
  isTouched,
  isWithin,
  mergeSpans,
  subtractSpans,
} from '../../../../src/core/ledger/spans.ts';
import type { TimeSpan } from '../../../../src/core/ports/ledgerTable.ts';
import { forAll } from '../../support/forAll.ts';

/** Spans in any order, that may overlap, touch and be empty, within a few units of time. */
const MOST = 24;
const SPAN = fc
  .tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: 6 }))
  .map(([from, length]): TimeSpan => ({ from, to: from + length }));
const SPANS = fc.array(SPAN, { maxLength: 6 });
const UNITS = Array.from({ length: MOST + 8 }, (_, unit) => unit);

const holds = (spans: readonly TimeSpan[], unit: number) =>
  spans.some(({ from, to }) => unit >= from && unit < to);
const isMerged = (spans: readonly TimeSpan[]) =>
  spans.every(({ from, to }, index) => from < to && from > (spans[index - 1]?.to ?? -1));

describe('spans of time', () => {
  it('merged are the same time, in order, and neither touch nor overlap', () => {
    forAll(SPANS, spans => {
      const merged = mergeSpans(spans);
      return isMerged(merged) && UNITS.every(unit => holds(merged, unit) === holds(spans, unit));
    });
  });

  it('less others are the time that is in them and in none of the others', () => {
    forAll(fc.tuple(SPANS, SPANS), ([spans, others]) => {
      const left = subtractSpans(spans, others);
      return (
        isMerged(left) &&
        UNITS.every(unit => holds(left, unit) === (holds(spans, unit) && !holds(others, unit)))
      );
    });
  });

  it('have in common with others the time that is in both', () => {
    forAll(fc.tuple(SPANS, SPANS), ([spans, others]) => {
      const common = intersectSpans(spans, others);
      return (
        isMerged(common) &&
        UNITS.every(unit => holds(common, unit) === (holds(spans, unit) && holds(others, unit)))
      );
    });
  });

  it('hold another one, or a part of it', () => {
    const wanted = SPAN.filter(({ from, to }) => from < to);
    forAll(fc.tuple(wanted, SPANS.map(mergeSpans)), ([span, merged]) => {
      const inside = UNITS.filter(unit => holds([span], unit));
      return (
        isWithin(span, merged) === inside.every(unit => holds(merged, unit)) &&
        isTouched(span, merged) === inside.some(unit => holds(merged, unit))
      );
    });
  });
});
