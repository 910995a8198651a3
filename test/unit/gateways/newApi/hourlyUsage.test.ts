import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { type HourlyOptions, readHourlyUsage } from '../../../../src/gateways/newApi/hourlyUsage.ts';
import { wholeHours } from '../../../../src/gateways/newApi/partialHours.ts';
import { at, DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { type Data, logRow, scriptedContext } from './scriptedContext.ts';

const SUMS = '/api/data/self';
const TOTAL = '/api/log/self/stat';
const LOG = '/api/log/self';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
/** By the gateway's clock the hour before is summed up since a moment. */
const GATEWAY_NOW = NOW + 10 * MINUTE;
const PAST_DAY = { from: NOW - DAY, to: NOW - HOUR - 1 };

/** The sum of an hour, so many hours before now. */
const bucket = (hoursAgo: number, more: Readonly<Record<string, unknown>> = {}) => ({
  model_name: 'gpt-4.1',
  created_at: (NOW - hoursAgo * HOUR) / 1000,
  quota: 100,
  count: 2,
  token_used: 30,
  ...more,
});
const rows = (...items: readonly unknown[]): Data => ({ items, total: items.length, page_size: 100 });
const none = (count: number): Data => ({ items: [], total: count, page_size: 1 });

async function read(
  answers: Readonly<Record<string, readonly Data[]>>,
  options: HourlyOptions & { readonly sumsHours?: false } = {},
  range = PAST_DAY,
): Promise<readonly [Usage, readonly string[]]> {
  const { sumsHours, ...rest } = options;
  const site = { lineage: 'newApi', ...(sumsHours === false && { sumsHours }) } as const;
  const { context, asked } = scriptedContext(answers, site, GATEWAY_NOW);
  return [await readHourlyUsage(context, range, UNITS, rest), asked];
}
const summary = ({ total, coverage }: Usage) => [total?.used, coverage.complete, coverage.reason];

describe('hours of which the sum cannot be read', () => {
  for (const quota of [undefined, null, '$1.00', {}, -1]) {
    it(`are missing, not free: ${JSON.stringify(quota)}`, async () => {
      const [usage] = await read({ [SUMS]: [[bucket(5), bucket(4, { quota }), bucket(3)]] });
      assert.deepEqual(summary(usage), [200, false, 'unreadable-rows']);
      assert.equal(usage.total?.requests, 4);
    });
  }

  it('are those of a time that cannot be read, and not those without a model or counts', async () => {
    const [odd] = await read({ [SUMS]: [[bucket(5, { created_at: 'noon' }), bucket(4)]] });
    assert.deepEqual(summary(odd), [100, false, 'unreadable-rows']);
    const [bare] = await read({
      [SUMS]: [[bucket(5, { model_name: null, count: null, token_used: null })]],
    });
    assert.deepEqual(summary(bare), [100, true, undefined]);
    assert.deepEqual(bare.byModel, [{ name: '', used: 100 }]);
  });

  it('are told without counts where one of them lacks them', async () => {
    const [usage] = await read({ [SUMS]: [[bucket(5), bucket(4, { token_used: null })]] });
    assert.deepEqual(usage.total, { used: 200, requests: 4 });
  });

  it('are those of no time, and milliseconds are one', async () => {
    const inMs = bucket(4, { created_at: NOW - 4 * HOUR });
    const [usage] = await read({ [SUMS]: [[bucket(5), inMs]] });
    assert.deepEqual([summary(usage), usage.byDay?.length], [[200, true, undefined], 1]);
    for (const created_at of [0, -1, 86_400 * 30, '2026-06-15 noon']) {
      const [odd] = await read({ [SUMS]: [[bucket(5), bucket(4, { created_at })]] });
      assert.deepEqual(summary(odd), [100, false, 'unreadable-rows'], String(created_at));
    }
  });
});

describe('hours that nobody asked for', () => {
  it('are in no figure: a gateway may not look at the bounds', async () => {
    const [usage] = await read({ [SUMS]: [[bucket(5), bucket(24 * 40), bucket(0)]] });
    assert.deepEqual(summary(usage), [100, true, undefined]);
  });

  it('count once, though each of two questions brings them', async () => {
    const range = { from: NOW - 40 * DAY, to: NOW - HOUR - 1 };
    const all = [bucket(5), bucket(24 * 35)];
    const [usage, asked] = await read({ [SUMS]: [all, all] }, {}, range);
    assert.deepEqual([summary(usage), asked.length], [[200, true, undefined], 2]);
  });
});

describe('hours at both ends of a range', () => {
  it('count, by model', async () => {
    const hours = [bucket(1), bucket(24, { model_name: 'claude' })];
    const [usage] = await read({ [SUMS]: [hours] }, {}, { from: NOW - DAY, to: NOW - HOUR });
    assert.deepEqual(usage.byModel?.map(({ name, used }) => [name, used]).sort(), [
      ['claude', 100],
      ['gpt-4.1', 100],
    ]);
  });

  it('count where thirty days end with the second that an hour begins in', async () => {
    const range = { from: NOW - 30 * DAY, to: NOW };
    const [usage, asked] = await read({ [SUMS]: [[bucket(0)], [bucket(720)]] }, {}, range);
    assert.equal(usage.total?.used, 200);
    assert.equal(asked.length, 2);
  });

  it('are not known where not even the first slice can be read', async () => {
    await assert.rejects(read({ [SUMS]: [failed('transient', 'server-error')] }), /server-error/);
  });
});

describe('sums without any hour', () => {
  it('are 0 where the log counts no rows either', async () => {
    const [usage, asked] = await read({ [SUMS]: [[]] });
    assert.deepEqual([summary(usage), asked], [[0, true, undefined], [SUMS]]);
  });

  it('are no answer where the log counts rows: then the total of the log is', async () => {
    const [usage, asked] = await read({ [SUMS]: [[]], [TOTAL]: [{ quota: 700 }] }, { hasLogRows: true });
    assert.deepEqual([summary(usage), usage.source, asked], [[700, true, undefined], 'logs', [SUMS, TOTAL]]);
  });

  it('are not known where the total of the log is below 0', async () => {
    const answers = { [SUMS]: [[]], [TOTAL]: [{ quota: -1 }] };
    await assert.rejects(read(answers, { hasLogRows: true }), /unexpected: missing-figures/);
  });

  it('and a total of 0 are contradicted where the log counts rows', async () => {
    const [usage, asked] = await read({ [SUMS]: [[]], [TOTAL]: [{ quota: 0 }] }, { hasLogRows: true });
    assert.deepEqual(
      [summary(usage), asked],
      [
        [undefined, false, 'contradicted'],
        [SUMS, TOTAL],
      ],
    );
    assert.deepEqual([usage.coverage.from, usage.coverage.to], [at(-DAY), at(-HOUR - 1)]);
  });

  it('of which one cannot be read are not taken for none', async () => {
    const [usage, asked] = await read({ [SUMS]: [[bucket(4, { quota: null })]] }, { hasLogRows: true });
    assert.deepEqual([summary(usage), asked], [[0, false, 'unreadable-rows'], [SUMS]]);
  });
});

describe('a total of 0 of a site that sums no hours', () => {
  const zero = (log: readonly unknown[]) =>
    read({ [TOTAL]: [{ quota: 0 }], [LOG]: [rows(...log)] }, { sumsHours: false });

  it('is 0 where no row of the log cost anything', async () => {
    assert.deepEqual(summary((await zero([]))[0]), [0, true, undefined]);
    assert.deepEqual(summary((await zero([logRow(7200, { quota: 0 })]))[0]), [0, true, undefined]);
  });

  it('is contradicted by a row that cost something, and by one of which nobody can tell', async () => {
    for (const quota of [1, null, '$1.00']) {
      const [usage, asked] = await zero([logRow(7200, { quota: 0 }), logRow(7201, { quota })]);
      assert.deepEqual(
        [summary(usage), asked],
        [
          [undefined, false, 'contradicted'],
          [TOTAL, LOG],
        ],
      );
    }
  });

  it('is contradicted without a look where rows are counted', async () => {
    const [usage, asked] = await read({ [TOTAL]: [{ quota: 0 }] }, { sumsHours: false, hasLogRows: true });
    assert.deepEqual([summary(usage), asked], [[undefined, false, 'contradicted'], [TOTAL]]);
  });

  it('is not asked for again where it is something, and no answer where it cannot be read', async () => {
    const [usage, asked] = await read({ [TOTAL]: [{ quota: 5 }] }, { sumsHours: false });
    assert.deepEqual([summary(usage), asked], [[5, true, undefined], [TOTAL]]);
    await assert.rejects(read({ [TOTAL]: [{ quota: '$5' }] }, { sumsHours: false }), /missing-figures/);
  });
});

describe('a total of the log of a range that goes on', () => {
  it('covers it up to now by the gateway’s clock, or by ours where it tells no time', async () => {
    const totalOf = async (serverNow?: number) => {
      const site = { lineage: 'newApi', sumsHours: false } as const;
      const { context } = scriptedContext({ [TOTAL]: [{ quota: 5 }] }, site, serverNow);
      return readHourlyUsage(context, { from: NOW - DAY, to: NOW + HOUR }, UNITS);
    };
    assert.deepEqual((await totalOf(NOW - 20 * MINUTE)).coverage, {
      complete: true,
      from: at(-DAY),
      to: at(-20 * MINUTE),
    });
    assert.equal((await totalOf()).coverage.to, at(0));
  });
});

describe('what whole hours cover', () => {
  const covered = async (from: number, to: number) => {
    const [{ coverage }] = await read({ [SUMS]: [[]] }, {}, { from: NOW + from, to: NOW + to });
    return coverage;
  };

  it('is all of a range of whole hours that are summed', async () => {
    assert.deepEqual(await covered(-DAY, -HOUR - 1), { complete: true, from: at(-DAY), to: at(-HOUR - 1) });
  });

  it('goes on to the end of the hour in which the range ends', async () => {
    assert.deepEqual(await covered(-DAY, -2 * HOUR + 10 * MINUTE), {
      complete: false,
      from: at(-DAY),
      to: at(-HOUR - 1),
      reason: 'whole-hours',
    });
  });

  it('ends where sums may not be written yet, seventy minutes ago', async () => {
    for (const to of [0, HOUR - 1]) {
      assert.deepEqual(await covered(-DAY, to), {
        complete: false,
        from: at(-DAY),
        to: at(10 * MINUTE - 70 * MINUTE),
        reason: 'not-yet-summed',
      });
    }
  });

  it('is up to seventy minutes ago by the gateway’s clock', async () => {
    const { context } = scriptedContext({ [SUMS]: [[]] }, { lineage: 'newApi' }, NOW - 20 * MINUTE);
    const { coverage } = await readHourlyUsage(context, { from: NOW - DAY, to: NOW + HOUR - 1 }, UNITS);
    assert.deepEqual([coverage.to, coverage.reason], [at(-90 * MINUTE), 'not-yet-summed']);
  });

  it('is all of a range that ended seventy minutes ago to the second', async () => {
    const range = { from: NOW - DAY, to: NOW - HOUR - 1000 };
    const coveredAt = async (serverNow: number) => {
      const { context } = scriptedContext({ [SUMS]: [[]] }, { lineage: 'newApi' }, serverNow);
      return (await readHourlyUsage(context, range, UNITS)).coverage;
    };
    assert.deepEqual(await coveredAt(range.to + 70 * MINUTE), {
      complete: true,
      from: at(-DAY),
      to: at(-HOUR - 1000),
    });
    assert.equal((await coveredAt(range.to + 70 * MINUTE - 1000)).reason, 'not-yet-summed');
  });

  it('ends seventy minutes ago, and is more than a range that ended in the current hour before', async () => {
    const coveredFrom = async (from: number, to: number) => {
      const { context } = scriptedContext({ [SUMS]: [[]] }, { lineage: 'newApi' }, NOW + 50 * MINUTE);
      const { coverage } = await readHourlyUsage(context, { from: NOW + from, to: NOW + to }, UNITS);
      return [coverage.complete, coverage.from, coverage.to, coverage.reason];
    };
    for (const from of [-DAY, -DAY - 1]) {
      assert.deepEqual(await coveredFrom(from, 5 * MINUTE), [
        false,
        at(-DAY),
        at(-20 * MINUTE),
        'whole-hours',
      ]);
    }
    assert.deepEqual(await coveredFrom(-DAY, 45 * MINUTE), [
      false,
      at(-DAY),
      at(-20 * MINUTE),
      'not-yet-summed',
    ]);
  });

  it('is filled in by the log where a range ended earlier in the current hour', async () => {
    const range = { from: NOW - 2 * HOUR, to: NOW + 5 * MINUTE };
    const serverNow = NOW + 50 * MINUTE;
    // The sum of the hour before may lack minutes, that of the current one tells of more than was asked; the log is exact.
    const sums = [bucket(2), bucket(1, { quota: 8000 }), bucket(0, { quota: 9000 })];
    const row = logRow(-60, { quota: 7 });
    const answers = { [SUMS]: [sums], [LOG]: [none(1), rows(row)] };
    const { context } = scriptedContext(answers, { lineage: 'newApi' }, serverNow);
    const usage = await readHourlyUsage(context, range, UNITS, { serverNow });
    assert.deepEqual(summary(usage), [107, true, undefined]);
    assert.equal(usage.coverage.to, at(5 * MINUTE));
  });

  it('is not all of a range that ends a second before its hour', async () => {
    assert.equal((await covered(-DAY, -HOUR - 1000)).complete, true);
    assert.equal((await covered(-DAY, -HOUR - 1001)).reason, 'whole-hours');
  });

  it('begins with the first whole hour', async () => {
    assert.deepEqual(await covered(-DAY - 1, -HOUR - 1), {
      complete: false,
      from: at(-DAY),
      to: at(-HOUR - 1),
      reason: 'whole-hours',
    });
  });

  it('is nothing of minutes within one hour, or of those that are not summed yet', async () => {
    assert.deepEqual(await covered(-3 * HOUR + 1, -3 * HOUR + 60_000), {
      complete: false,
      reason: 'whole-hours',
    });
    assert.deepEqual(await covered(0, HOUR - 1), { complete: false, reason: 'not-yet-summed' });
  });
});

describe('slices of a range of which one cannot be read', () => {
  const TWO_SLICES = { from: NOW - 40 * DAY, to: NOW + HOUR - 1 };
  const failing = (error: Error, serverNow?: number) => {
    const sums = { [SUMS]: [[bucket(2)], error] };
    const { context } = scriptedContext(sums, { lineage: 'newApi' }, serverNow);
    return readHourlyUsage(context, TWO_SLICES, UNITS);
  };

  it('leave those that were read, up to what is summed by the gateway’s clock', async () => {
    const usage = await failing(failed('transient', 'server-error'), NOW - 20 * MINUTE);
    assert.deepEqual(usage.coverage, {
      complete: false,
      reason: 'broke-off',
      // The older slice is 30 days, the newer one the rest.
      from: at(-10 * DAY),
      to: at(-90 * MINUTE),
    });
    assert.equal(usage.total?.used, 100);
  });

  it('leave them by our clock where the gateway tells no time', async () => {
    const { coverage } = await failing(failed('transient', 'server-error'));
    assert.equal(coverage.to, at(-70 * MINUTE));
  });

  it('leave nothing after an error that is not the gateway’s', async () => {
    await assert.rejects(failing(new TypeError('a fault of ours')), /a fault of ours/);
  });
});

describe('hours over midnight, in a zone of half hours', () => {
  useTimeZone('Asia/Kolkata');

  it('count on the day on which they begin, which is said', async () => {
    // Midnight is at 18:30 in UTC, 17.5 hours ago.
    const [usage] = await read({ [SUMS]: [[bucket(20), bucket(18), bucket(15)]] });
    assert.deepEqual(summary(usage), [300, true, 'hours-over-midnight']);
    assert.deepEqual(
      usage.byDay?.map(({ name, used }) => [name, used]),
      [
        ['2026-06-14', 200],
        ['2026-06-15', 100],
      ],
    );
    const [odd] = await read({ [SUMS]: [[bucket(18)]] }, {}, { from: NOW - DAY + 1, to: NOW - HOUR - 1 });
    assert.deepEqual(summary(odd), [100, false, 'whole-hours'], 'what is missing is more important');
    const [free] = await read({ [SUMS]: [[bucket(20), bucket(18, { quota: 0 })]] });
    assert.deepEqual(summary(free), [100, true, undefined]);
  });
});

describe('what lies beside the whole hours of a range', () => {
  /** From 8:30 to 10:20 a day ago: the hour of 9 is summed, 30 and 20 minutes are not. */
  const range = { from: NOW - DAY - 3.5 * HOUR, to: NOW - DAY - 1.5 * HOUR - 10 * MINUTE - 1 };
  const hours = [bucket(28, { quota: 5000 }), bucket(27), bucket(26, { quota: 7000 })];
  const early = logRow((DAY + 3.2 * HOUR) / 1000, { quota: 3 });
  const late = logRow((DAY + 1.8 * HOUR) / 1000, { quota: 4 });
  const edges = (...answers: readonly Data[]) =>
    read({ [SUMS]: [hours], [LOG]: answers }, { serverNow: NOW }, range);

  it('is told by the rows of the log, and the whole is exact then', async () => {
    const [usage] = await edges(none(1), rows(early), none(1), rows(late));
    assert.deepEqual(summary(usage), [107, true, undefined]);
    assert.equal(usage.byKey, undefined);
    assert.ok(usage.timeline?.cells.every(({ key }) => key === undefined));
  });

  it('is told by rows alone: a sum that begins within those minutes would count them twice', async () => {
    const within = [bucket(27.25, { quota: 5000 }), bucket(25.9, { quota: 7000 })];
    const answers = { [SUMS]: [[...hours, ...within]], [LOG]: [none(1), rows(early), none(1), rows(late)] };
    const [usage] = await read(answers, { serverNow: NOW }, range);
    assert.deepEqual(summary(usage), [107, true, undefined]);
  });

  it('is not told where the log fails, or ends in a way that nobody can believe', async () => {
    const same = Array.from({ length: 100 }, () => early);
    const repeated = { items: same, total: 300, page_size: 100 };
    for (const answers of [
      [failed('transient', 'server-error')],
      [none(1), failed('transient', 'server-error')],
      [none(300), repeated, repeated],
    ]) {
      const [usage] = await edges(...answers);
      assert.deepEqual([usage.coverage.complete, usage.coverage.reason], [false, 'whole-hours']);
    }
    await assert.rejects(edges(none(1), new TypeError('a fault of ours')), /a fault of ours/);
  });

  it('is not asked about where the range has whole hours alone, or has none', async () => {
    const [whole] = await read({ [SUMS]: [[bucket(2)]] }, { serverNow: NOW });
    assert.deepEqual(summary(whole), [100, true, undefined]);
    const minutes = { from: NOW - DAY + MINUTE, to: NOW - DAY + 30 * MINUTE };
    const [none_] = await read({ [SUMS]: [[]] }, { serverNow: NOW }, minutes);
    assert.deepEqual([none_.coverage.complete, none_.coverage.reason], [false, 'whole-hours']);
  });

  it('is not asked about after a slice that could not be read: the rest is missing anyway', async () => {
    const long = { from: range.from - 40 * DAY, to: range.to };
    const [usage] = await read(
      { [SUMS]: [[bucket(27)], failed('transient', 'server-error')] },
      { serverNow: NOW },
      long,
    );
    assert.deepEqual(summary(usage), [100, false, 'broke-off']);
  });

  it('is not told where its rows are too many, are not counted, or cannot be read', async () => {
    for (const answers of [
      [none(2001)],
      [[]],
      [none(1), rows(logRow((DAY + 3.2 * HOUR) / 1000, { quota: null }))],
      [none(1), rows(early), none(2001)],
    ]) {
      const [usage] = await edges(...answers);
      // The hours of 9 and 10 as a whole, and not that of 8, in which the range begins.
      assert.deepEqual([usage.coverage.complete, usage.coverage.reason], [false, 'whole-hours']);
    }
  });

  it('is told where it has as many rows as are read one by one', async () => {
    const [usage] = await edges(none(2000), rows(early), none(1), rows(late));
    assert.deepEqual(summary(usage), [107, true, undefined]);
  });
});

describe('the whole hours of a range', () => {
  const of = (from: number, to: number, summedUntil: number) => {
    const hours = wholeHours({ from: NOW + from, to: NOW + to }, NOW + summedUntil);
    return hours && [hours.from - NOW, hours.to - NOW];
  };

  it('are those between its ends that are summed', () => {
    assert.deepEqual(of(-3 * HOUR, -HOUR - 1, 0), [-3 * HOUR, -HOUR - 1]);
    assert.deepEqual(of(-3.5 * HOUR, -HOUR / 2, 0), [-3 * HOUR, -HOUR - 1]);
    assert.deepEqual(of(-3 * HOUR, 0, -90 * MINUTE), [-3 * HOUR, -2 * HOUR - 1]);
    assert.deepEqual(of(-3 * HOUR, -HOUR - 2, 0), [-3 * HOUR, -2 * HOUR - 1]);
  });

  it('are none of minutes, or where none is summed yet', () => {
    assert.equal(of(-1.75 * HOUR, -1.25 * HOUR, 0), undefined);
    assert.equal(of(-2.5 * HOUR, -1.5 * HOUR, 0), undefined);
    assert.equal(of(-HOUR, 0, -10 * MINUTE), undefined);
  });
});
