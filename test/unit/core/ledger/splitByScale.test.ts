import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ScaleRun, scaleTimes, unclearTimes } from '../../../../src/core/ledger/scaleTimes.ts';
import type { SpendRecord, SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import { lengthened, splitByScale } from '../../../../src/core/ledger/splitByScale.ts';
import type { Scale, UnitCode } from '../../../../src/core/quota/unit.ts';
import { MINUTE } from '../../support/samples.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const at = (minute: number) => NOON + minute * MINUTE;
const second = (minute: number) => at(minute) / 1000;
const run = (from: number, to: number, perUnit: number, code: UnitCode = 'USD'): ScaleRun => ({
  ...{ unit: { code }, perUnit },
  ...{ from: at(from), to: at(to) },
});
const scale = (perUnit: number, code: UnitCode = 'USD'): Scale => ({
  unit: { code, source: 'gateway' },
  perUnit,
});

const row = (minute: number, raw = 50_000, lasts?: number): SpendRecord => ({
  ...{ at: second(minute), keyName: '', model: 'm', raw, ...(lasts !== undefined && { lasts }) },
  ...{ requests: 1, promptTokens: 1, completionTokens: 1 },
});

describe('the times of scales', () => {
  const minutes = (runs: readonly ScaleRun[]) =>
    runs.map(({ from, to, perUnit }) => [(from - NOON) / MINUTE, (to - NOON) / MINUTE, perUnit]);
  const [ALWAYS, FOREVER] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

  it('are all time by the one scale that was read', () => {
    assert.deepEqual(minutes(scaleTimes([[run(0, 60, 500)]], scale(500), at(61))), [[ALWAYS, FOREVER, 500]]);
    assert.deepEqual(minutes(scaleTimes([], scale(500), at(61))), [[ALWAYS, FOREVER, 500]]);
  });

  it('begin before the first reading, and go on after the last', () => {
    const runs = scaleTimes([[run(0, 10, 500), run(15, 60, 250)]], scale(250), at(61));
    assert.deepEqual(minutes(runs), [
      [ALWAYS, 10, 500],
      [15, FOREVER, 250],
    ]);
    assert.deepEqual(unclearTimes(runs), [{ from: at(10), to: at(15) }]);
  });

  it('have an answer by another scale as the first look by it', () => {
    const runs = scaleTimes([[run(0, 60, 500)]], scale(250), at(61));
    assert.deepEqual(minutes(runs), [
      [ALWAYS, 60, 500],
      [61, FOREVER, 250],
    ]);
    const inYuan = scaleTimes([[run(0, 60, 500)]], scale(500, 'CNY'), at(61));
    assert.deepEqual(minutes(inYuan), [
      [ALWAYS, 60, 500],
      [61, FOREVER, 500],
    ]);
  });

  it('go by the way that was read last, of those that count in the gateway’s own numbers', () => {
    const old = [run(0, 10, 900), run(12, 20, 500)];
    const converted = [run(30, 40, 1), run(50, 90, 1, 'CNY')];
    const tokens = [run(0, 1, 1, 'TOKENS'), run(21, 60, 500)];
    assert.deepEqual(minutes(scaleTimes([old, tokens, converted], scale(500), at(61))), [
      [ALWAYS, 1, 1],
      [21, FOREVER, 500],
    ]);
  });

  it('are not known of before the meaning of converted amounts changed', () => {
    const converted = [run(0, 10, 1), run(15, 60, 1, 'CNY')];
    const runs = scaleTimes([converted], scale(500, 'CNY'), at(61));
    assert.deepEqual(minutes(runs), [[15, FOREVER, 500]]);
    assert.deepEqual(unclearTimes(runs), [{ from: 0, to: at(15) }]);
    assert.deepEqual(minutes(scaleTimes([[run(0, 10, 1)]], scale(500), at(61))), [[ALWAYS, FOREVER, 500]]);
  });

  it('of the last reading are those of no answer', () => {
    assert.deepEqual(minutes(scaleTimes([[run(0, 60, 500)]], undefined, 0)), [[ALWAYS, FOREVER, 500]]);
    assert.deepEqual(scaleTimes([], undefined, 0), []);
  });

  it('last as long as what was told by them before the next began', () => {
    const runs = [run(0, 10, 500), run(30, 60, 250)];
    const told = (from: number, to: number, perUnit: number) => ({
      unit: { code: 'USD' as const },
      perUnit,
      covered: [{ from: at(from), to: at(to) }],
    });
    assert.deepEqual(minutes(lengthened(runs, [told(-60, 20, 500)])), [
      [0, 20, 500],
      [30, 60, 250],
    ]);
    // What another scale told says nothing, nor what reaches beyond the next one’s beginning, nor what ended earlier.
    const others = [told(-60, 25, 250), told(-60, 31, 500), told(-60, 5, 500)];
    assert.deepEqual(minutes(lengthened(runs, others)), minutes(runs));
  });
});

describe('an answer over several scales', () => {
  const RUNS = [
    { ...run(0, 20, 500_000), from: Number.NEGATIVE_INFINITY },
    { ...run(25, 60, 250_000), to: Number.POSITIVE_INFINITY },
  ];
  const answer = (records: readonly SpendRecord[], from = -60, to = 60): SpendRecords => ({
    ...{ source: 'keyLog', scale: scale(250_000), records, unreadable: 0 },
    complete: { from: second(from), to: second(to) },
  });
  /** Scale, minutes that are complete, and minutes of rows of each part. */
  const parts = (told: SpendRecords, runs: readonly ScaleRun[] = RUNS) =>
    splitByScale(told, runs).map(({ scale: { perUnit }, complete, records }) => [
      perUnit,
      complete && [(complete.from * 1000 - NOON) / MINUTE, (complete.to * 1000 - NOON) / MINUTE],
      records.map(each => (each.at * 1000 - NOON) / MINUTE),
    ]);

  it('is one part where there is one scale, or nothing is complete', () => {
    const told = answer([row(1)]);
    const one = [{ ...run(0, 60, 250_000), from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
    assert.deepEqual(splitByScale(told, one), [told]);
    assert.deepEqual(splitByScale({ ...told, complete: undefined }, RUNS)[0]?.partOf, undefined);
    assert.deepEqual(splitByScale(told, []), [told]);
  });

  it('has a part for each, cut at a quarter of an hour between which nothing was spent', () => {
    assert.deepEqual(parts(answer([row(-10), row(14), row(40)])), [
      [500_000, [-60, 15], [-10, 14]],
      [250_000, [15, 60], [40]],
    ]);
    assert.deepEqual(parts(answer([row(19), row(40)])), [
      [500_000, [-60, 30], [19]],
      [250_000, [30, 60], [40]],
    ]);
  });

  it('leaves out whole quarters of an hour where something was spent while either may have held', () => {
    assert.deepEqual(parts(answer([row(14), row(16), row(22), row(29), row(30)])), [
      [500_000, [-60, 15], [14]],
      [250_000, [30, 60], [30]],
    ]);
    // Rows without spend are the same by both.
    assert.deepEqual(parts(answer([row(22, 0)])), [
      [500_000, [-60, 15], []],
      [250_000, [15, 60], [22]],
    ]);
  });

  it('leaves out quarters that both scales would share', () => {
    assert.deepEqual(parts(answer([row(16), row(26)])), [
      [500_000, [-60, 15], []],
      [250_000, [30, 60], []],
    ]);
  });

  it('is cut within a long time between two looks where nothing was spent in it', () => {
    const days = [RUNS[0] ?? assert.fail(), { ...RUNS[1], ...run(1500, 1600, 250_000), to: at(9999) }];
    assert.deepEqual(parts(answer([row(19), row(1501)], -60, 1510), days), [
      [500_000, [-60, 30], [19]],
      [250_000, [30, 1510], [1501]],
    ]);
  });

  it('keeps sums that reach over the cut in both, so that neither takes them for its own', () => {
    const hour = row(0, 50_000, 3600);
    assert.deepEqual(parts(answer([hour])), [
      [500_000, [-60, 15], [0]],
      [250_000, [30, 60], [0]],
    ]);
  });

  it('says of each part what the whole answer was, and ends with the present scale though that has nothing', () => {
    const records = [row(-10), row(40)];
    const split = splitByScale(answer(records), RUNS);
    assert.deepEqual(
      split.map(({ partOf }) => [partOf?.records, partOf?.isLast]),
      [
        [records, false],
        [records, true],
      ],
    );
    const old = splitByScale(answer([row(-10)], -60, 0), RUNS);
    assert.deepEqual(
      old.map(({ scale: { perUnit }, complete, partOf }) => [
        perUnit,
        complete !== undefined,
        partOf?.isLast,
      ]),
      [
        [500_000, true, false],
        [250_000, false, true],
      ],
    );
  });

  it('counts by its own unit what was spent in another, and again by the same scale what came after', () => {
    const back = [
      { ...run(0, 20, 500_000), from: Number.NEGATIVE_INFINITY },
      run(30, 45, 70_000, 'CNY'),
      { ...run(60, 90, 500_000), to: Number.POSITIVE_INFINITY },
    ];
    const told = { ...answer([row(1), row(40), row(70)], -60, 90), scale: scale(500_000) };
    const split = splitByScale(told, back);
    assert.deepEqual(
      split.map(({ scale: { unit, perUnit }, records }) => [unit.code, perUnit, records.length]),
      [
        ['USD', 500_000, 1],
        ['CNY', 70_000, 1],
        ['USD', 500_000, 1],
      ],
    );
  });

  it('leaves out what comes before a scale of which nothing is known', () => {
    const since = [{ ...run(20, 60, 250_000), to: Number.POSITIVE_INFINITY }];
    assert.deepEqual(parts(answer([row(14), row(40)]), since), [[250_000, [30, 60], [40]]]);
  });
});
