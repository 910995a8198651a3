import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bestSources } from '../../../../src/core/ledger/bestSource.ts';
import type { LedgerSource } from '../../../../src/core/ledger/spendRecord.ts';
import type { CoveredSpan, TimeSpan } from '../../../../src/core/ports/ledgerTable.ts';

type Spans = readonly (readonly [from: number, to: number])[];

const spansOf = (spans: Spans = []): TimeSpan[] => spans.map(([from, to]) => ({ from, to }));

/** What counts of a range, as `source from–to`. */
function chosen(
  [from, to]: readonly [number, number],
  covered: Partial<Record<LedgerSource, Spans>>,
  sums: Partial<Record<LedgerSource, Spans>> = {},
): string[] {
  const coverage = Object.entries(covered).flatMap(([source, spans]) =>
    spansOf(spans).map((span): CoveredSpan => ({ ...span, source: source as LedgerSource })),
  );
  return bestSources({ from, to }, coverage, source => spansOf(sums[source])).map(
    span => `${span.source} ${span.from}–${span.to}`,
  );
}

describe('the source that counts', () => {
  it('is the log where it covers, within the range', () => {
    assert.deepEqual(chosen([10, 90], { keyLog: [[0, 50]] }), ['keyLog 10–50']);
  });

  it('is the next finest one where the log does not cover', () => {
    const covered = { keyLog: [[60, 90]], dailySums: [[0, 60]] } as const;
    assert.deepEqual(chosen([0, 90], covered, { dailySums: [[0, 30]] }), ['dailySums 0–60', 'keyLog 60–90']);
  });

  it('is the sum for all of its span where the log tells a part of it', () => {
    const covered = { keyLog: [[45, 90]], hourlySums: [[0, 60]] } as const;
    const sums = {
      hourlySums: [
        [0, 30],
        [30, 60],
      ],
    } as const;
    assert.deepEqual(chosen([0, 90], covered, sums), ['hourlySums 0–60', 'keyLog 60–90']);
  });

  it('is the log where that tells all of a sum’s span', () => {
    const covered = { keyLog: [[30, 90]], hourlySums: [[0, 60]] } as const;
    const sums = {
      hourlySums: [
        [0, 30],
        [30, 60],
      ],
    } as const;
    assert.deepEqual(chosen([0, 90], covered, sums), ['hourlySums 0–30', 'keyLog 30–90']);
  });

  it('is the log beside a sum of nothing', () => {
    assert.deepEqual(chosen([0, 90], { keyLog: [[45, 90]], hourlySums: [[0, 60]] }), [
      'hourlySums 0–45',
      'keyLog 45–90',
    ]);
  });

  it('is no sum that reaches out of the range', () => {
    const covered = { dailySums: [[0, 90]] } as const;
    const sums = {
      dailySums: [
        [0, 30],
        [30, 60],
        [60, 90],
      ],
    } as const;
    assert.deepEqual(chosen([10, 70], covered, sums), ['dailySums 30–60']);
  });

  it('is one for each moment, of three as well; a sum of which another has a part is in no span', () => {
    const covered = { keyLog: [[50, 90]], hourlySums: [[30, 60]], rangeSums: [[0, 100]] } as const;
    const sums = {
      hourlySums: [
        [30, 40],
        [40, 50],
        [50, 60],
      ],
      rangeSums: [[0, 35]],
    } as const;
    assert.deepEqual(chosen([0, 100], covered, sums), [
      'rangeSums 0–35',
      'hourlySums 40–50',
      'keyLog 50–90',
      'rangeSums 90–100',
    ]);
  });
});
