import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { headlineOf } from '../../../../src/core/usage/headline.ts';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { UsageCache } from '../../../../src/services/usage/usageCache.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { coverageOrLackText, coverageText } from '../../../../src/text/coverage.ts';
import { coveredText, totalName } from '../../../../src/text/usageHeadline.ts';
import { DAY, HOUR } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

/** A dime at 500,000 to the dollar. */
const DIME = 50_000;
/** What it has used is all in its log. */
const UNUSED = { holds: { used: 0 } };
const TEAM = { name: 'team', quota: 5_000_000, keys: { ok: { holds: { name: 'ok' } } } };

describe('a range in which the scale changed', () => {
  let setup: TestSetup;
  let id: string;
  afterEach(() => setup.close());

  async function watch(credential: 'apiKey' | 'accessToken' = 'apiKey'): Promise<void> {
    setup = await TestSetup.open(
      credential === 'apiKey' ? { scenarios: { ok: UNUSED } } : { accounts: [TEAM] },
    );
    id = await setup.testWindow.keyService.add(
      credential === 'apiKey' ? setup.key('ok') : setup.account('team'),
    );
    await setup.testWindow.monitor.start();
    await look();
  }

  const look = () => setup.testWindow.refreshKey(id);

  async function spend(): Promise<void> {
    setup.clock.jump(HOUR);
    setup.gateway.spend('ok', { quota: DIME, at: Math.floor(setup.clock.now() / 1000) - 60 });
    await look();
  }

  /** What the site says of itself is asked for once a day. */
  async function halve(): Promise<void> {
    setup.gateway.status.quota_per_unit = Number(setup.gateway.status.quota_per_unit ?? 500_000) / 2;
    setup.clock.jump(DAY + HOUR);
    await look();
  }

  const ask = (from: number, to = setup.clock.now(), usageCache?: UsageCache) =>
    queryUsage(
      { ...setup.testWindow, usageCache },
      setup.testWindow.keyService.findById(id) ?? assert.fail(),
      { from, to },
    );

  for (const credential of ['apiKey', 'accessToken'] as const) {
    it(`counts what was spent by the scale of its time, and says so, for an ${credential}`, async () => {
      await watch(credential);
      const began = setup.clock.now();
      await spend();
      await halve();
      await spend();
      const report = await ask(began);
      // 50,000 units are 10 cents at 500,000 to the dollar and 20 cents at 250,000; nothing was spent while either may have held.
      assert.equal(report.total?.used, 0.3);
      assert.deepEqual(
        report.byDay?.map(({ used }) => used),
        [0.1, 0.2],
      );
      assert.deepEqual([report.coverage.complete, report.coverage.reason], [true, 'scale-changed']);
      assert.equal(totalName(headlineOf([report], 0, setup.clock.now())), 'Total');
      assert.match(
        coverageText(report),
        /^They cover the (whole range|range up to .+)\. The scale or rate changed during it, and each part is counted as it was then\.$/,
      );
    });
  }

  it('is the same sum asked again, of a part of it, and after the ledger was read again', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    assert.equal((await ask(began)).total?.used, 0.1);
    await halve();
    await spend();
    for (const from of [began, began, began - 3 * DAY]) assert.equal((await ask(from)).total?.used, 0.3);
    assert.equal((await ask(began, began + 2 * HOUR)).total?.used, 0.1);
  });

  it('keeps what was spent at another rate', async () => {
    const { began } = await watchYuan();
    Object.assign(setup.gateway.status, { usd_exchange_rate: 1 });
    setup.clock.jump(DAY + HOUR);
    await look();
    // A dime at 7.3.
    assert.deepEqual(await figuresSince(began), [0.73, 'CNY', true, undefined]);
    await spend();
    assert.deepEqual(await figuresSince(began), [0.83, 'CNY', true, 'scale-changed']);
  });

  it('adds no units: what was spent in another one is a source of its own, and missing in the sum', async () => {
    const { began } = await watchYuan();
    Object.assign(setup.gateway.status, { quota_display_type: 'USD' });
    setup.clock.jump(DAY + HOUR);
    await look();
    assert.deepEqual(await figuresSince(began), [0.73, 'CNY', true, undefined]);
    await spend();
    const report = await ask(began);
    assert.deepEqual(
      [report.total?.used, report.unit.code, report.coverage.complete, report.coverage.reason],
      [0.1, 'USD', false, 'scale-changed'],
    );
    const told = report.others?.filter(({ source }) => source === 'logs');
    assert.deepEqual(
      told?.map(({ total, unit, coverage }) => [total?.used, unit.code, coverage.complete]),
      [[0.73, 'CNY', false]],
    );
    const headline = headlineOf([report], 0, setup.clock.now());
    assert.equal(totalName(headline), 'Total, incomplete');
    assert.match(coveredText(headline), /^\d+% of the range$/);
    assert.match(
      coverageText(report),
      /^They cover only .+ to .+\. The unit, scale or rate changed during it\. Spend in another unit/,
    );
    // From a moment after the change on there is one unit only.
    assert.deepEqual(await figuresSince(setup.clock.now() - HOUR), [0.1, 'USD', true, undefined]);
  });

  it('is as before where all of it lies before the change', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    const before = setup.clock.now();
    await halve();
    const { total, coverage } = await ask(began, before);
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.1, true, undefined]);
  });

  it('has no figure of a time in which nobody looked and either scale may have held', async () => {
    await watch();
    await spend();
    setup.clock.jump(HOUR);
    const began = setup.clock.now();
    setup.gateway.spend('ok', { quota: DIME, at: Math.floor(began / 1000) + 60 });
    await halve();
    const { total, coverage } = await ask(began, began + HOUR);
    assert.deepEqual([total, coverage.complete, coverage.reason], [undefined, false, 'scale-changed']);
    assert.equal(
      coverageOrLackText({ total, coverage, to: '' }),
      'No figures. The unit, scale or rate changed during it, so the spend cannot be counted.',
    );
  });

  it('lacks what was spent while either scale may have held, and is not asked about it again', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    setup.gateway.spend('ok', { quota: DIME, at: Math.floor(setup.clock.now() / 1000) + 3600 });
    await halve();
    await spend();
    const report = await ask(began);
    assert.deepEqual(
      [report.total?.used, report.coverage.complete, report.coverage.reason],
      [0.3, false, 'scale-changed'],
    );
    // From the last look by one scale to the first by the other, in quarters of an hour.
    assert.equal(report.coverage.gaps?.length, 1);
    const calls = setup.calls.length;
    assert.equal((await ask(began)).total?.used, 0.3);
    assert.equal(setup.calls.length, calls);
  });

  it('is not cached as the gateway’s answer, which counts all of it by one scale', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    setup.gateway.spend('ok', { quota: DIME, at: Math.floor(setup.clock.now() / 1000) + 3600 });
    await halve();
    await spend();
    const usageCache = new UsageCache();
    for (const times of ['first', 'again']) {
      const { total, coverage } = await ask(began, setup.clock.now(), usageCache);
      assert.deepEqual([total?.used, coverage.complete], [0.3, false], times);
    }
  });

  it('says why it lacks a part where all that it has is by one scale', async () => {
    await watch();
    const began = setup.clock.now();
    setup.gateway.spend('ok', { quota: DIME, at: Math.floor(began / 1000) + 3600 });
    await halve();
    await spend();
    const { total, coverage } = await ask(began);
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.2, false, 'scale-changed']);
  });

  it('begins after the change with one scale only', async () => {
    await watch();
    await spend();
    await halve();
    const began = setup.clock.now();
    await spend();
    const { total, coverage } = await ask(began);
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.2, true, undefined]);
  });

  it('is whole where the scale stayed, whatever the range', async () => {
    await watch();
    await spend();
    setup.clock.jump(DAY + HOUR);
    await spend();
    const { total, coverage } = await ask(setup.clock.now() - 3 * DAY);
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.2, true, undefined]);
  });

  it('counts by the scale that is back what came after it', async () => {
    await watch();
    await halve();
    setup.gateway.status.quota_per_unit = 500_000;
    setup.clock.jump(DAY + HOUR);
    await look();
    const began = setup.clock.now();
    await spend();
    for (const from of [began, began - 3 * DAY]) {
      const { total, coverage } = await ask(from);
      assert.deepEqual([total?.used, coverage.complete], [0.1, true]);
    }
  });

  it('of which a part is missing as well says so beside it', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    await halve();
    setup.clock.jump(HOUR);
    // The last thousand rows of a log begin after the dime that was spent first.
    for (let row = 0; row < 1000; row++)
      setup.gateway.spend('ok', { quota: 250, at: Math.floor(setup.clock.now() / 1000) - 60 + (row % 30) });
    await look();
    const { total, coverage, ...report } = await ask(began);
    // A thousand times 250 of the 250,000 that are a dollar by now.
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [1, false, 'last-rows']);
    const headline = headlineOf([{ ...report, total, coverage }], 0, setup.clock.now());
    assert.equal(totalName(headline), 'Total, incomplete');
  });

  it('of which nothing was spent is nothing by any scale', async () => {
    await watch();
    setup.clock.jump(HOUR);
    const began = setup.clock.now();
    await look();
    await halve();
    await spend();
    const report = await ask(began, began + HOUR);
    assert.deepEqual([report.total?.used, report.coverage.complete], [0, true]);
  });

  it('has the same sum in the account’s report and at a glance', async () => {
    await watch('accessToken');
    const began = setup.clock.now();
    await spend();
    await halve();
    await spend();
    assert.equal((await ask(began - 3 * DAY)).total?.used, 0.3);
    const totals = new SpendTotals(setup.testWindow.parts);
    await setup.clock.advance(5000, () => setup.testWindow.monitor.idle());
    totals.dispose();
    const { week, month } = setup.testWindow.keyState(id).spend ?? {};
    assert.deepEqual([week, month], [0.3, 0.3]);
  });

  /** A key whose dime was counted as ¥0.73, and since when. */
  async function watchYuan(): Promise<{ readonly began: number }> {
    setup = await TestSetup.open({
      scenarios: { ok: UNUSED },
      status: { quota_display_type: 'CNY', usd_exchange_rate: 7.3 },
    });
    id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
    await look();
    const began = setup.clock.now();
    await spend();
    assert.deepEqual(await figuresSince(began), [0.73, 'CNY', true, undefined]);
    return { began };
  }

  async function figuresSince(began: number) {
    const { total, unit, coverage } = await ask(began);
    return [total?.used, unit.code, coverage.complete, coverage.reason];
  }
});
