import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CostPage, type Days, readCostUsage } from '../../../src/gateways/dailyCosts.ts';
import { NOW } from '../support/samples.ts';

const PAGE: CostPage = { rows: [], days: 1, unreadable: 0, next: null };
const local = (day: number, hour = 0) => new Date(2026, 5, day, hour).getTime();

/** Asks for a range, with pages that are given in turn; the last one for ever. */
async function ask(from: number, to: number, pages: readonly Partial<CostPage>[] = [{}]) {
  const asked: (readonly [Days, string | undefined])[] = [];
  const context = { sendRequest: () => assert.fail(), credential: 'managementKey', now: () => NOW } as const;
  const usage = await readCostUsage(context, { from, to }, async (days, page) => {
    asked.push([days, page]);
    return { ...PAGE, ...pages[Math.min(asked.length, pages.length) - 1] };
  });
  const [{ from: first, to: end } = assert.fail()] = asked.map(([days]) => days);
  const { complete, reason } = usage.coverage;
  const days = [first, end].map(ms => new Date(ms).toISOString().slice(0, 10));
  return { days, complete, reason, used: usage.total?.used, calls: asked.map(([, page]) => page) };
}

describe('costs that are told by day', () => {
  it('are of the days of UTC that are called as those of the range', async () => {
    const { days, complete, reason } = await ask(local(1), local(8) - 1);
    assert.deepEqual([days, complete, reason], [['2026-06-01', '2026-06-08'], true, 'utc-days']);
  });

  it('leave out a day that is only partly in the range, and say so', async () => {
    const { days, complete } = await ask(local(1, 10), local(8, 10));
    assert.deepEqual([days, complete], [['2026-06-02', '2026-06-08'], false]);
  });

  it('are not whole while a day goes on, and none is told of one to come', async () => {
    const { days, complete, reason } = await ask(local(10), local(31) - 1);
    assert.deepEqual([days, complete, reason], [['2026-06-10', '2026-06-16'], false, 'not-yet-summed']);
  });

  it('are of no part of a day', async () => {
    await assert.rejects(ask(local(10, 9), local(10, 17)), /not-supported: range-not-told/);
  });

  it('are read page by page, and not whole where there is no end to them', async () => {
    const row = { day: '2026-06-02', item: 'a', used: 0.1 };
    const pages = [
      { rows: [row], next: 'b' },
      {
        rows: [
          { ...row, item: 'b' },
          { ...row, day: '2026-06-03' },
        ],
        next: null,
      },
    ];
    const whole = await ask(local(1), local(8) - 1, pages);
    assert.deepEqual([whole.used, whole.calls, whole.complete], [0.3, [undefined, 'b'], true]);
    const again = await ask(local(1), local(8) - 1, [{ next: 'b' }]);
    assert.deepEqual([again.calls, again.complete, again.reason], [[undefined, 'b'], false, 'endless']);
    // Whoever does not mind which page is asked for sends the first again.
    const twice = await ask(local(1), local(8) - 1, [{ rows: [row], next: 'b' }]);
    assert.deepEqual([twice.used, twice.complete, twice.reason], [0.1, false, 'endless']);
    const overlap = await ask(local(1), local(8) - 1, [
      { rows: [row], next: 'b' },
      { rows: [row, { ...row, day: '2026-06-03' }], next: null },
    ]);
    assert.deepEqual([overlap.used, overlap.complete], [0.1, false]);
    const untold = await ask(local(1), local(8) - 1, [{ next: undefined }]);
    assert.deepEqual([untold.complete, untold.reason], [false, 'endless']);
  });

  it('are not whole where a part cannot be read, and not 0 where none is told', async () => {
    const { complete, reason } = await ask(local(1), local(8) - 1, [{ unreadable: 1 }]);
    assert.deepEqual([complete, reason], [false, 'unreadable-rows']);
    await assert.rejects(ask(local(1), local(8) - 1, [{ days: 0 }]), /missing-figures/);
  });
});
