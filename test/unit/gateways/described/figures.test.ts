import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { describedReading } from '../../../../src/gateways/described/describedReading.ts';
import type { Description } from '../../../../src/gateways/described/description.ts';
import { unreadableTexts } from '../../../../src/text/unreadableText.ts';
import { NOW } from '../../support/samples.ts';

const ALL: Description = {
  path: '/usage',
  remaining: '$.left',
  used: '$.used',
  total: '$.total',
  unlimited: '$.endless',
  expiresAt: '$.end',
};
const GOOD = { left: 7, used: 3, total: 10, endless: false, end: '2026-07-01' };

const read = (description: Description, answer: unknown) =>
  describedReading('My relay', description, JSON.parse(JSON.stringify(answer)), NOW);
const shownOf = ({ counted: _, takenAt: __, unit: ___, ...shown }: ReturnType<typeof read>) =>
  JSON.parse(JSON.stringify(shown)) as Partial<Reading>;

/** Values that are no amount, and what each is called. */
const NO_AMOUNTS = [
  [[1], 'list'],
  [[], 'list'],
  [{}, 'object'],
  ['', 'text'],
  ['$12.34', 'text'],
  ['1e3', 'text'],
  ['0x10', 'text'],
  [null, 'null'],
  [true, 'flag'],
  [undefined, 'nothing'],
  [-1, 'number'],
  ['-1', 'number'],
  [999_999_999, 'number'],
  ['9223372036854775807', 'number'],
] as const;

describe('the figures of a described gateway', () => {
  it('are in the unit of the settings for the address only where the description says none', () => {
    const unitOf = (unit?: Description['unit']) =>
      describedReading('My relay', { ...ALL, unit }, GOOD, NOW, { unit: 'CNY' }).unit;
    assert.deepEqual(unitOf(), { code: 'CNY', source: 'setting' });
    assert.deepEqual(unitOf('USD'), { code: 'USD', source: 'setting' });
    assert.deepEqual(unitOf('tokens'), { code: 'TOKENS', source: 'setting' });
    const inUnits = describedReading('My relay', ALL, GOOD, NOW, { unit: 'units' });
    assert.deepEqual(inUnits.unit, { code: 'USD', source: 'setting' });
  });

  describe('may search an answer,', () => {
    /** Thirteen windows with four paths each and five beside them: 57 that search. */
    const searching = (path: string): Description => ({
      ...{ path: '/usage', remaining: path, used: path, total: path, unlimited: path, expiresAt: path },
      windows: Array.from({ length: 13 }, (_, at) => ({
        ...{ name: `w${at}`, used: path, limit: path, remaining: path, resetsAt: path },
      })),
    });
    const withValues = (count: number) => ({ left: 7, more: Array(count - 3).fill(0) });
    const reasonOf = (description: Description, answer: unknown) => {
      try {
        read(description, answer);
        return 'read';
      } catch (error) {
        return (error as GatewayError).failure.reason;
      }
    };

    // 57 × 701 = 39,957 and 57 × 702 = 40,014 values.
    for (const [count, expected] of [
      [701, 'read'],
      [702, 'description-searches'],
    ] as const)
      it(`by all its paths together ${count === 701 ? 'up to' : 'not beyond'} 40,000 values`, () => {
        assert.equal(reasonOf(searching('$..left'), withValues(count)), expected);
        assert.equal(
          reasonOf(searching('$[?@.left == 1]'), withValues(count)),
          count === 701 ? 'description-misses' : expected,
        );
      });

    it('as much as it likes where each path says where it leads', () => {
      assert.equal(reasonOf(searching("$['left']"), withValues(5000)), 'read');
      assert.equal(reasonOf({ path: '/usage', remaining: '$..left' }, withValues(5000)), 'read');
    });
  });

  it('are the numbers and the decimal texts that stand at its paths', () => {
    const { counted, ...reading } = read(ALL, { ...GOOD, left: '7.50', used: '2.5' });
    assert.deepEqual(reading.quota, { unlimited: false, granted: 10, used: 2.5, remaining: 7.5 });
    assert.equal(reading.expiresAt, '2026-07-01T00:00:00.000Z');
    assert.equal(reading.unreadable, undefined);
    assert.equal(counted?.used, 2.5);
  });

  for (const [value, found] of NO_AMOUNTS) {
    const name = `${JSON.stringify(value)} (${found})`;

    it(`are not known where there is ${name}, and named`, () => {
      const { quota, unreadable } = shownOf(read(ALL, { ...GOOD, left: value }));
      assert.deepEqual(quota, { unlimited: false, granted: 10, used: 3 });
      assert.deepEqual(unreadable, ['remaining']);
    });

    it(`are a failure where there is only ${name}`, () => {
      const description = { path: '/usage', remaining: '$.left' };
      assert.throws(
        () => read(description, { left: value }),
        ({ failure }: GatewayError) => {
          assert.equal(failure.reason, 'description-misses');
          assert.deepEqual(failure.description, { name: 'My relay', at: 'remaining', found });
          return true;
        },
      );
    });

    it(`of a window are not known where there is ${name}`, () => {
      const windows = [{ name: '5h', used: '$.used', limit: '$.limit', remaining: '$.left' }];
      const answer = { used: 1, limit: 5, left: value };
      const reading = shownOf(read({ path: '/usage', windows }, answer));
      assert.deepEqual(reading.windows, [{ name: '5h', used: 1, limit: 5, unit: 'money' }]);
      assert.deepEqual(reading.unreadable, ['5h: remaining']);
    });
  }

  it('are named in words beside those that are known', () => {
    const reading = read(ALL, { used: 3, end: 'soon', endless: 'perhaps' });
    assert.deepEqual(unreadableTexts(reading), [
      'unlimited unreadable',
      'total unreadable',
      'remaining unreadable',
      'expiresAt unreadable',
    ]);
  });

  const cases: readonly (readonly [string, Partial<Description>, object, Partial<Reading>])[] = [
    [
      'a key without a limit',
      {},
      { ...GOOD, endless: true },
      { quota: { unlimited: true, used: 3 }, expiresAt: '2026-07-01T00:00:00.000Z' },
    ],
    [
      'a total of -1, which is no limit',
      { unlimited: undefined, expiresAt: undefined },
      { left: -1, used: 3, total: -1 },
      { quota: { unlimited: true, used: 3 } },
    ],
    [
      'a total of nines, which is no limit',
      { unlimited: undefined, expiresAt: undefined, remaining: undefined },
      { used: 3, total: 999_999_999 },
      { quota: { unlimited: true, used: 3 } },
    ],
    [
      'no limit by a word that nobody knows, so that what is left says nothing',
      { expiresAt: undefined },
      { ...GOOD, endless: 'perhaps' },
      { quota: { unlimited: false, used: 3 }, unreadable: ['unlimited'] },
    ],
    [
      'what is left by total and use',
      { unlimited: undefined, expiresAt: undefined, remaining: undefined, divisor: 100 },
      { used: 30, total: 1000 },
      { quota: { unlimited: false, granted: 10, used: 0.3, remaining: 9.7 } },
    ],
    [
      'a total of 0, which may be no limit',
      { unlimited: undefined, expiresAt: undefined, remaining: undefined },
      { used: 3, total: 0 },
      { quota: { unlimited: false, used: 3 }, unreadable: ['total'] },
    ],
    [
      'a total below 0, which is nobody’s',
      { unlimited: undefined, expiresAt: undefined, remaining: undefined },
      { used: 3, total: -5 },
      { quota: { unlimited: false, used: 3 }, unreadable: ['total'] },
    ],
    [
      'what is said to be left as it is said, though it does not add up',
      { unlimited: undefined, expiresAt: undefined },
      { left: 1, used: 3, total: 10 },
      { quota: { unlimited: false, granted: 10, used: 3, remaining: 1 } },
    ],
    [
      'an overdrawn key',
      { unlimited: undefined, expiresAt: undefined, used: undefined, total: undefined },
      { left: -0.5 },
      { quota: { unlimited: false, remaining: -0.5 } },
    ],
    [
      'a use below 0, which is nobody’s',
      { unlimited: undefined, expiresAt: undefined, total: undefined },
      { left: 5, used: -3 },
      { quota: { unlimited: false, remaining: 5 }, unreadable: ['used'] },
    ],
    [
      'a true 0',
      { unlimited: undefined, expiresAt: undefined, used: undefined, total: undefined },
      { left: 0 },
      { quota: { unlimited: false, remaining: 0 } },
    ],
    [
      'seconds as its end',
      { unlimited: undefined, used: undefined, total: undefined },
      { left: 1, end: 1_782_864_000 },
      { quota: { unlimited: false, remaining: 1 }, expiresAt: '2026-07-01T00:00:00.000Z' },
    ],
    [
      'milliseconds as its end',
      { unlimited: undefined, used: undefined, total: undefined },
      { left: 1, end: 1_782_864_000_000 },
      { quota: { unlimited: false, remaining: 1 }, expiresAt: '2026-07-01T00:00:00.000Z' },
    ],
    [
      'an end of -1, which is never',
      { unlimited: undefined, used: undefined, total: undefined },
      { left: 1, end: -1 },
      { quota: { unlimited: false, remaining: 1 }, expiresAt: null },
    ],
    [
      'an end of null, which is not known',
      { unlimited: undefined, used: undefined, total: undefined },
      { left: 1, end: null },
      { quota: { unlimited: false, remaining: 1 }, unreadable: ['expiresAt'] },
    ],
    [
      'seconds that are left as its end, which is no moment',
      { unlimited: undefined, used: undefined, total: undefined },
      { left: 1, end: 86_400_000 },
      { quota: { unlimited: false, remaining: 1 }, unreadable: ['expiresAt'] },
    ],
  ];
  for (const [what, change, answer, told] of cases)
    it(`are right for ${what}`, () => {
      assert.deepEqual(shownOf(read({ ...ALL, ...change }, answer)), told);
    });

  it('of a window without a limit say so', () => {
    const windows = [{ name: 'day', used: '$.used', limit: '$.limit' }];
    const { windows: told } = shownOf(read({ path: '/usage', windows }, { used: 4, limit: -1 }));
    assert.deepEqual(told, [{ name: 'day', used: 4, limit: null, unit: 'money' }]);
  });

  it('of a window whose limit is 0 or less do not make it used up', () => {
    const windows = [{ name: 'day', used: '$.used', limit: '$.limit' }];
    for (const limit of [0, -5]) {
      const reading = shownOf(read({ path: '/usage', windows }, { used: 4, limit }));
      assert.deepEqual(reading.windows, [{ name: 'day', used: 4, unit: 'money' }]);
      assert.deepEqual(reading.unreadable, ['day: limit']);
    }
  });

  it('over 100 per cent leave nothing, and more than 100 left is not known', () => {
    const windows = [
      { name: '5h', unit: 'percent', used: '$.over' },
      { name: 'week', unit: 'percent', remaining: '$.over' },
    ] as const;
    const reading = shownOf(read({ path: '/usage', windows }, { over: 140 }));
    assert.deepEqual(reading.windows, [
      { name: '5h', used: 140, unit: 'percent' },
      { name: 'week', unit: 'percent' },
    ]);
    assert.deepEqual(reading.unreadable, ['week: remaining']);
    const money = { name: 'day', used: '$.spent', limit: '$.spent' };
    const nines = read({ path: '/usage', windows: [...windows, money] }, { over: 9999, spent: 1 });
    assert.deepEqual(shownOf(nines).unreadable, ['5h: used', 'week: remaining']);
  });

  it('of money in a window are divided as the rest, counts are not', () => {
    const windows = [
      { name: 'day', used: '$.cents', limit: '$.cents' },
      { name: 'month', used: '$.cents', limit: '$.cents', divisor: 10 },
      { name: '5h', unit: 'requests', used: '$.cents', limit: '$.cents' },
    ] as const;
    const { windows: told } = read({ path: '/usage', windows, divisor: 100 }, { cents: 500 });
    assert.deepEqual(
      told?.map(({ used }) => used),
      [5, 50, 500],
    );
  });

  it('keep what they count by: another path, another count', () => {
    const sources = [ALL, { ...ALL, used: '$.total' }, { ...ALL, path: '/other' }, ALL].map(
      description => read(description, GOOD).counted?.source,
    );
    assert.equal(sources[0], sources[3]);
    assert.equal(new Set(sources).size, 3);
  });
});
