import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { readLogUsage } from '../../../../src/gateways/newApi/logUsage.ts';
import { at, DAY, HOUR, NOW } from '../../support/samples.ts';
import { type Data, logRow, scriptedContext } from './scriptedContext.ts';

const LOG = '/api/log/self';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
const PAST_DAY = { from: NOW - DAY, to: NOW - HOUR };

/** Rows that are two hours old, or so many seconds older each than the one before. */
const rows = (count: number, apart = 0, first = 7200) =>
  Array.from({ length: count }, (_, index) => logRow(first + index * apart));
const page = (items: readonly unknown[], total: number): Data => ({ items, total, page_size: 100 });

async function read(pages: readonly Data[], range = PAST_DAY): Promise<readonly [Usage, number]> {
  const { context, asked } = scriptedContext({ [LOG]: pages });
  return [await readLogUsage(context, range, UNITS, undefined, NOW), asked.length];
}
const summary = ({ total, coverage }: Usage) => [
  total?.used,
  total?.requests,
  coverage.complete,
  coverage.reason,
];

describe('what an account’s log of several pages adds up to', () => {
  it('two rows that look the same are two', async () => {
    const [usage] = await read([page(rows(100), 150), page(rows(50), 150)]);
    assert.deepEqual(summary(usage), [1500, 150, true, undefined]);
    assert.deepEqual(usage.coverage, { complete: true, from: at(-DAY), to: at(-HOUR) });
  });

  it('rows that look the same are pushed on by as many as were written, and no more', async () => {
    // Two rows are written after the first page: its last two are the first of the second one.
    const [usage, calls] = await read([page(rows(100), 150), page(rows(52), 152), page(rows(100), 152)]);
    assert.deepEqual(summary(usage), [1520, 152, true, undefined]);
    assert.equal(calls, 3);
  });

  it('rows that were written meanwhile, of a time after the range, are in no figure', async () => {
    const top = [logRow(10), logRow(11), ...rows(98)];
    const [usage] = await read([page(rows(100), 150), page(rows(52), 152), page(top, 152)]);
    assert.deepEqual(summary(usage), [1500, 150, true, undefined]);
  });

  it('a page that comes again though nothing was written is the end of what can be believed', async () => {
    const [usage, calls] = await read([page(rows(100, 1), 300), page(rows(100, 1), 300)]);
    assert.deepEqual(summary(usage), [1000, 100, false, 'endless']);
    assert.deepEqual(usage.coverage.from, at(-(7200 + 99) * 1000), 'to the oldest row that came');
    assert.equal(calls, 2);
  });

  it('a log that grows by a page with every page is read no further than three of them', async () => {
    const pages = [300, 400, 500, 600, 700, 800].map(total => page(rows(100, 1), total));
    const [usage, calls] = await read(pages);
    assert.deepEqual(summary(usage), [1000, 100, false, 'endless']);
    assert.equal(calls, 5);
  });

  it('rows whose time is told in milliseconds are of that time', async () => {
    const inMs = logRow(0, { created_at: NOW - 2 * HOUR });
    const [usage] = await read([page([...rows(2), inMs], 3)]);
    assert.deepEqual(summary(usage), [30, 3, true, undefined]);
  });

  it('rows of no time are none outside the range', async () => {
    for (const created_at of [0, -1, 86_400 * 30, 'noon', null]) {
      const [usage] = await read([page([...rows(2), logRow(0, { created_at })], 3)]);
      assert.deepEqual(summary(usage), [20, 2, false, 'unreadable-rows'], String(created_at));
    }
  });

  it('rows of requests that cost less than nothing are not known; refunds in either sign give back', async () => {
    const refunds = [logRow(7200, { type: 6, quota: 4 }), logRow(7200, { type: 6, quota: -3 })];
    const [given] = await read([page([...rows(2), ...refunds], 4)]);
    assert.deepEqual(summary(given), [13, 2, true, undefined]);
    const [odd] = await read([page([...rows(2), logRow(7200, { quota: -1 })], 3)]);
    assert.deepEqual(summary(odd), [20, 2, false, 'unreadable-rows']);
  });

  it('tokens that a row does not tell are not 0', async () => {
    const [whole] = await read([page(rows(2), 2)]);
    assert.equal(whole.total?.tokens, 6);
    const mute = logRow(7200, { prompt_tokens: undefined, completion_tokens: undefined });
    const [usage] = await read([page([...rows(2), mute], 3)]);
    assert.deepEqual(usage.total, { used: 30, requests: 3 });
    const prompt = logRow(7200, { completion_tokens: undefined });
    const [half] = await read([page([...rows(2), prompt], 3)]);
    assert.equal(half.total?.tokens, 8, 'what is left out beside the other number is 0');
  });

  it('a total that counts the rows of a page only is none, and the first page is not asked for again', async () => {
    const pages = [page(rows(100, 1), 100), page(rows(100, 1, 7300), 100), page(rows(30, 1, 7400), 30)];
    const [usage, calls] = await read([...pages, page(rows(5, 1, 7500), 5), page([], 0)]);
    assert.deepEqual(summary(usage), [2350, 235, true, undefined]);
    assert.equal(calls, 5);
  });

  it('rows that are counted and never sent are no rows without spend', async () => {
    await assert.rejects(read([page([], 5)]), /unexpected: missing-figures/);
    const [usage, calls] = await read([page(rows(100, 1), 250), page([], 250)]);
    assert.deepEqual(summary(usage), [1000, 100, false, 'broke-off']);
    assert.equal(calls, 2);
  });

  it('a log from which rows vanish each time is read three times, and told as one that changed', async () => {
    const shrinking = [page(rows(100, 1), 250), page(rows(100, 1, 7400), 240), page(rows(40, 1, 7600), 240)];
    const [usage, calls] = await read([...shrinking, ...shrinking, ...shrinking]);
    assert.deepEqual(summary(usage), [2400, 240, false, 'changed']);
    assert.deepEqual([usage.coverage.from, usage.coverage.to], [at(-DAY), at(-HOUR)]);
    assert.equal(calls, 9);
  });
});

describe('rows of which no amount can be read', () => {
  const ODD = [{ quota: undefined }, { quota: null }, { quota: '$1.00' }, { quota: {} }];
  for (const odd of ODD) {
    it(`are missing, not free: ${JSON.stringify(odd.quota)}`, async () => {
      const [usage] = await read([page([logRow(7200), logRow(7201, odd), logRow(7202)], 3)]);
      assert.deepEqual(summary(usage), [20, 2, false, 'unreadable-rows']);
    });
  }

  it('are missing among those that were written meanwhile, too', async () => {
    const top = [logRow(7199, { quota: null }), ...rows(99)];
    const [usage] = await read([page(rows(100), 150), page(rows(51), 151), page(top, 151)]);
    assert.deepEqual(summary(usage), [1500, 150, false, 'unreadable-rows']);
  });

  it('are none where they are not about spend', async () => {
    const [usage] = await read([page([logRow(7200), logRow(7201, { type: 3, quota: null })], 2)]);
    assert.deepEqual(summary(usage), [10, 1, true, undefined]);
  });
});

describe('a range that is not over', () => {
  it('is told up to the second that is over for sure, two seconds ago', async () => {
    const range = { from: NOW - HOUR, to: NOW + HOUR };
    const [usage] = await read([page([logRow(1), logRow(2), logRow(3)], 3)], range);
    assert.deepEqual(summary(usage), [20, 2, true, undefined]);
    assert.equal(usage.coverage.to, at(-1001));
  });

  it('of which no second is over tells nothing, and is not asked about', async () => {
    const [usage, calls] = await read([], { from: NOW - 1000, to: NOW + HOUR });
    assert.deepEqual(usage, { unit: UNITS.unit, coverage: { complete: false }, source: 'gateway' });
    assert.equal(calls, 0);
  });

  it('of which one second is over is asked about', async () => {
    const [usage, calls] = await read([page([], 0)], { from: NOW - 2000, to: NOW + HOUR });
    assert.deepEqual([usage.total?.used, usage.coverage.complete, calls], [0, true, 1]);
  });
});

describe('the end of an account’s log', () => {
  /** Pages of a hundred rows, a second apart. */
  const hundreds = (pages: number, total: number) =>
    Array.from({ length: pages }, (_, index) => page(rows(100, 1, 7200 + index * 100), total));

  it('is not a count at which counting may have stopped', async () => {
    const [usage, calls] = await read([...hundreds(10, 1000), page(rows(20, 1, 8200), 1000)]);
    assert.deepEqual(summary(usage), [10_200, 1020, true, undefined]);
    assert.equal(calls, 11);
  });

  it('is any other count', async () => {
    for (const count of [900, 1100]) {
      const [usage, calls] = await read(hundreds(count / 100, count));
      assert.deepEqual(summary(usage), [count * 10, count, true, undefined]);
      assert.equal(calls, count / 100);
    }
  });

  it('is not a page that is full by the gateway’s own size, or by ten where it tells none', async () => {
    const callsFor = async (count: number, page_size?: number) => {
      const first = { items: rows(count, 1), total: count, page_size };
      return (await read([first, page([], count)]))[1];
    };
    assert.equal(await callsFor(10), 2);
    assert.equal(await callsFor(15), 1, 'pages have a multiple of ten rows');
    assert.equal(await callsFor(10, 100), 1);
    assert.equal(await callsFor(20, 20), 2);
    assert.equal(await callsFor(9), 1);
  });

  it('is known where a page between tells no count', async () => {
    const [usage, calls] = await read([page(rows(100, 1), 200), { items: rows(100, 1, 7300) }]);
    assert.deepEqual(summary(usage), [2000, 200, true, undefined]);
    assert.equal(calls, 2);
  });

  it('is not an empty page of a log that counts nothing any more', async () => {
    const emptied = [page(rows(100, 1), 250), page([], 0)];
    const [usage] = await read([...emptied, ...emptied, ...emptied]);
    assert.deepEqual(summary(usage), [1000, 100, false, 'changed']);
  });

  it('is not an empty page of a log that counts fewer rows than before', async () => {
    const fewer = [page(rows(100, 1), 300), page(rows(100, 1, 7300), 250), page([], 250)];
    const [usage] = await read([...fewer, ...fewer, ...fewer]);
    assert.deepEqual(summary(usage), [2000, 200, false, 'changed']);
  });

  it('is not a page that came before the last one', async () => {
    const [first, second] = [rows(100, 1), rows(100, 1, 7300)];
    const [usage, calls] = await read([page(first, 300), page(second, 300), page(first, 400)]);
    assert.deepEqual(summary(usage), [2000, 200, false, 'endless']);
    assert.equal(calls, 3);
  });

  it('is a failure after the first page, and what came is kept', async () => {
    const [usage] = await read([page(rows(100, 1), 250), failed('transient', 'server-error')]);
    assert.deepEqual(summary(usage), [1000, 100, false, 'broke-off']);
    const older = rows(100, 1, 2 * 86_400);
    const [outside] = await read([page(older, 250), failed('transient', 'server-error')]);
    assert.deepEqual(outside.coverage, { complete: false, reason: 'broke-off' });
  });

  it('leaves what came since the oldest row, in whatever order rows are sent', async () => {
    const [usage] = await read([page(rows(100, -1, 7299), 250), failed('transient', 'server-error')]);
    assert.equal(usage.coverage.from, at(-7299 * 1000));
  });

  it('is not a page that differs from another by a number alone', async () => {
    for (const more of [{ quota: 11 }, { prompt_tokens: 3 }, { completion_tokens: 2 }]) {
      const other = rows(100).map(row => ({ ...row, ...more }));
      const [usage] = await read([page(rows(100), 200), page(other, 200)]);
      assert.deepEqual([usage.total?.requests, usage.coverage.complete], [200, true], JSON.stringify(more));
    }
  });

  it('is an error where nothing came, or where the fault is ours', async () => {
    const trouble = failed('transient', 'server-error');
    await assert.rejects(read([trouble]), trouble);
    await assert.rejects(read([rows(10), trouble]), trouble);
    await assert.rejects(read([page(rows(100, 1), 250), new TypeError('ours')]), /ours/);
  });
});

describe('rows that were written since the first page', () => {
  /** One row is written after the first page, so that its last one is the first of the second. */
  const until = (again: Data) => [page(rows(100, 1), 150), page(rows(51, 1, 7299), 151), again];
  const thrice = (again: Data) => read([...until(again), ...until(again), ...until(again)]);

  it('are as many as the count has grown by', async () => {
    const [one] = await read(until(page([logRow(7199), ...rows(99, 1)], 151)));
    assert.deepEqual(summary(one), [1510, 151, true, undefined]);
    const [none] = await read(until(page(rows(100, 1), 150)));
    assert.deepEqual(summary(none), [1500, 150, true, undefined]);
    const [whole] = await read(until(page(rows(100, 1, 7100), 250)));
    assert.deepEqual(summary(whole), [2500, 250, true, undefined]);
  });

  it('are not known where they are more than a page, or the log has become shorter', async () => {
    const [more] = await thrice(page(rows(100, 1, 7100), 251));
    assert.deepEqual(summary(more), [1500, 150, false, 'changed']);
    const [fewer] = await thrice(page(rows(100, 1), 149));
    assert.deepEqual(summary(fewer), [1500, 150, false, 'changed']);
  });

  it('are not known where the page is not counted or cannot be read', async () => {
    for (const again of [{ items: rows(100, 1) }, failed('transient', 'server-error')]) {
      const [usage] = await thrice(again);
      assert.deepEqual(summary(usage), [1500, 150, false, 'changed']);
    }
  });
});

describe('a row of an account’s log', () => {
  it('counts at both ends of the range and not beyond them', async () => {
    const [day, hour] = [DAY / 1000, HOUR / 1000];
    const ends = [logRow(hour - 1), logRow(hour), logRow(day), logRow(day + 1)];
    const [usage] = await read([page(ends, 4)]);
    assert.deepEqual(summary(usage), [20, 2, true, undefined]);
  });

  it('that is none at all is one that cannot be read', async () => {
    for (const odd of [null, 'row', 7, logRow(7200, { type: undefined }), logRow(7200, { type: 'x' })]) {
      const [usage] = await read([page([...rows(2), odd], 3)]);
      assert.deepEqual(summary(usage), [20, 2, false, 'unreadable-rows'], JSON.stringify(odd));
    }
  });

  it('that cost nothing is a request like any other', async () => {
    const [usage] = await read([page([...rows(2), logRow(7200, { quota: 0 })], 3)]);
    assert.deepEqual(summary(usage), [20, 3, true, undefined]);
  });

  it('is spend where it is a request or a refund', async () => {
    const others = [1, 3, 4, 5, 7].map(type => logRow(7200, { type, quota: 5000 }));
    const [usage] = await read([page([...rows(2), ...others], 7)]);
    assert.deepEqual(summary(usage), [20, 2, true, undefined]);
  });

  it('of a refund adds no tokens', async () => {
    const [usage] = await read([page([...rows(2), logRow(7200, { type: 6, quota: 4 })], 3)]);
    assert.deepEqual(usage.total, { used: 16, requests: 2, tokens: 6 });
  });

  it('tells tokens by either number', async () => {
    const answer = logRow(7200, { prompt_tokens: undefined });
    const [usage] = await read([page([...rows(2), answer], 3)]);
    assert.equal(usage.total?.tokens, 7);
  });

  it('belongs to the key and model that it names, or to none', async () => {
    const odd = logRow(7200, { token_name: 7, model_name: undefined });
    const [usage] = await read([page([logRow(7200), odd], 2)]);
    const names = (list: Usage['byKey']) => list?.map(({ name }) => name).sort();
    assert.deepEqual(names(usage.byKey), ['', 'alice']);
    assert.deepEqual(names(usage.byModel), ['', 'gpt-4.1']);
  });
});

describe('the progress of reading an account’s log', () => {
  it('is told after each page, with the rows that are counted', async () => {
    const { context } = scriptedContext({ [LOG]: [page(rows(100, 1), 150), page(rows(50, 1, 7300), 150)] });
    const steps: unknown[] = [];
    await readLogUsage(context, PAST_DAY, UNITS, (done, total) => steps.push([done, total]), NOW);
    assert.deepEqual(steps, [
      [100, 150],
      [150, 150],
    ]);
  });
});
