import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { headlineOf } from '../../../../src/core/usage/headline.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { coverageText } from '../../../../src/text/usage.ts';
import { coveredText, totalName } from '../../../../src/text/usageHeadline.ts';
import { DAY, HOUR } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

/** A dime at 500,000 to the dollar. */
const DIME = 50_000;
const TEAM = { name: 'team', quota: 5_000_000, keys: { ok: { holds: { name: 'ok' } } } };

describe('a range in which the scale changed', () => {
  let setup: TestSetup;
  let id: string;
  afterEach(() => setup.close());

  async function watch(credential: 'apiKey' | 'accessToken' = 'apiKey'): Promise<void> {
    setup = await TestSetup.open(credential === 'apiKey' ? { scenarios: { ok: {} } } : { accounts: [TEAM] });
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

  const ask = (from: number, to = setup.clock.now()) =>
    queryUsage(setup.testWindow, setup.testWindow.keyService.findById(id) ?? assert.fail(), { from, to });

  for (const credential of ['apiKey', 'accessToken'] as const) {
    it(`is not complete, and says why, for an ${credential}`, async () => {
      await watch(credential);
      const began = setup.clock.now();
      await spend();
      await halve();
      await spend();
      const report = await ask(began);
      // The rows of both dimes are 50,000 units, and at 250,000 to the dollar that is 20 cents each.
      assert.equal(report.total?.used, 0.4);
      assert.deepEqual([report.coverage.complete, report.coverage.reason], [false, 'scale-changed']);
      const headline = headlineOf([report], 0, setup.clock.now());
      assert.deepEqual(
        [headline.isComplete, coveredText(headline)],
        [false, 'the scale or unit changed: the figure may be too high or too low'],
      );
      assert.equal(totalName(headline), 'Total, uncertain');
      assert.match(
        coverageText(report),
        /^They cover the (whole range|range up to .+)\. The unit, scale or rate/,
      );
    });
  }

  const OTHER_CHANGES = {
    'the rate': { usd_exchange_rate: 1 },
    'the unit': { quota_display_type: 'USD' },
  } as const;
  for (const [what, change] of Object.entries(OTHER_CHANGES)) {
    it(`is not complete where it is ${what} that changed`, async () => {
      setup = await TestSetup.open({
        scenarios: { ok: {} },
        status: { quota_display_type: 'CNY', usd_exchange_rate: 7.3 },
      });
      id = await setup.testWindow.keyService.add(setup.key('ok'));
      await setup.testWindow.monitor.start();
      await look();
      const began = setup.clock.now();
      await spend();
      assert.equal((await ask(began)).coverage.complete, true);
      Object.assign(setup.gateway.status, change);
      setup.clock.jump(DAY + HOUR);
      await look();
      const report = await ask(began);
      assert.equal(report.total?.used, 0.1);
      assert.deepEqual([report.coverage.complete, report.coverage.reason], [false, 'scale-changed']);
    });
  }

  it('is not complete either where all of it lies before the change', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    const before = setup.clock.now();
    await halve();
    assert.equal((await ask(began, before)).coverage.reason, 'scale-changed');
  });

  it('is not complete where nobody looked in it and the change may have come after its beginning', async () => {
    await watch();
    await spend();
    setup.clock.jump(HOUR);
    const began = setup.clock.now();
    setup.gateway.spend('ok', { quota: DIME, at: Math.floor(began / 1000) + 60 });
    await halve();
    assert.equal((await ask(began, began + HOUR)).coverage.reason, 'scale-changed');
  });

  it('is whole where it begins after the change, and where nothing was read before', async () => {
    await watch();
    await spend();
    await halve();
    const began = setup.clock.now();
    await spend();
    const report = await ask(began);
    assert.deepEqual([report.total?.used, report.coverage.complete], [0.2, true]);
  });

  it('is whole where the scale stayed, whatever the range', async () => {
    await watch();
    await spend();
    setup.clock.jump(DAY + HOUR);
    await spend();
    assert.equal((await ask(setup.clock.now() - 3 * DAY)).coverage.complete, true);
  });

  it('is whole where the other scale held before it and it was back when it began', async () => {
    await watch();
    await halve();
    setup.gateway.status.quota_per_unit = 500_000;
    setup.clock.jump(DAY + HOUR);
    await look();
    const began = setup.clock.now();
    await spend();
    assert.equal((await ask(began)).coverage.complete, true);
    assert.equal((await ask(began - 3 * DAY)).coverage.reason, 'scale-changed');
  });

  it('of which a part is missing as well says so beside it', async () => {
    await watch();
    const began = setup.clock.now();
    await spend();
    await halve();
    // The last thousand rows of a log begin after the dime that was spent first.
    for (let row = 0; row < 1000; row++)
      setup.gateway.spend('ok', { quota: 1, at: Math.floor(setup.clock.now() / 1000) - 60 });
    await look();
    const report = await ask(began);
    assert.deepEqual(
      [report.coverage.complete, report.coverage.reason, report.coverage.partial],
      [false, 'scale-changed', true],
    );
    const headline = headlineOf([report], 0, setup.clock.now());
    assert.equal(totalName(headline), 'Total, incomplete and uncertain');
    assert.match(
      coverageText(report),
      /^They cover only .+\. The unit, scale or rate .*too high or too low\.$/,
    );
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
});
