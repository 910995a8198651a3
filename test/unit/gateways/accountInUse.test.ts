import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Range } from '../../../src/core/usage/range.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { queryUsage } from '../../../src/services/usage/usageQuery.ts';
import { VERSIONS, type VersionName } from '../../sampleGateways/newApi/version.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { startSampleGateway } from '../../sampleGateways/server.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

const DAY_MS = 86_400_000;
const DOLLAR = 500_000;
const ALL = Object.keys(VERSIONS) as VersionName[];
/** Those that count their rows and sum their hours. */
const NEW_API = ALL.filter(version => version !== 'one-api');

describe('a range of an account in use', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  /** 250 rows a minute apart, the last one a minute ago by the gateway's clock: $0.5425 in all. */
  function work(offsetSeconds: number): void {
    const now = Math.floor(setup.clock.now() / 1000) + offsetSeconds;
    for (let n = 250; n >= 1; n--) {
      setup.gateway.spend(n % 5 === 0 ? 'bob' : 'alice', {
        at: now - n * 60,
        quota: n % 5 === 0 ? 2125 : 825,
        model: 'gpt-4.1',
      });
    }
    assert.equal(setup.gateway.ledger.sum().quota, 0.5425 * DOLLAR);
  }

  async function open(options: GatewayOptions, offsetSeconds = 0): Promise<void> {
    const clock = new ManualClock();
    const skewed = () => clock.now() + offsetSeconds * 1000;
    const gateway = await startSampleGateway({ accounts: [TEAM], ...options, clock: skewed });
    setup = TestSetup.withGateway(gateway, clock);
    work(offsetSeconds);
  }

  async function ask(range?: Partial<Range>): Promise<UsageReport> {
    const now = setup.clock.now();
    const key = await setup.add(setup.account('team'));
    return queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now + DAY_MS / 2, ...range });
  }

  for (const version of ALL) {
    for (const offset of [-20, 0, 20]) {
      it(`${version}, whose clock is ${offset} s off ours, tells all that was spent before it was asked`, async () => {
        await open({ version }, offset);
        setup.gateway.settings.activity.writes = { key: 'alice', quota: 100, rows: 1 };
        const { total, coverage, byKey } = await ask();
        assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.5425, 250, true]);
        assert.equal(byKey?.length, 2);
        // Seconds that are not over are in no figure, and not covered either.
        const server = Math.floor(setup.clock.now() / 1000) + offset;
        assert.equal(coverage.to, new Date(server * 1000 - 1001).toISOString());
      });
    }

    it(`${version}, which does not look at bounds, takes no row twice and none of another time`, async () => {
      await open({ version, settings: { ignoresBounds: true } });
      setup.gateway.settings.activity.writes = { key: 'alice', quota: 100, rows: 3 };
      const { total, coverage } = await ask();
      assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.5425, 250, true]);
    });

    it(`${version} that restarts in the middle of a paging leaves what arrived, and says from when`, async () => {
      await open({ version });
      // The fourth call on a kept connection, and the one that is sent again.
      setup.gateway.settings.activity.restartsAt = [4, 5];
      const { total, coverage } = await ask();
      assert.deepEqual([coverage.complete, coverage.reason], [false, 'broke-off']);
      const { from = '', to = '' } = coverage;
      const told = setup.gateway.ledger.sum({ from: Date.parse(from) / 1000, to: Date.parse(to) / 1000 });
      assert.ok(told.quota > 0);
      assert.equal(total?.used, told.quota / DOLLAR, 'to the unit of what it says it covers');
    });

    for (const lostPart of ['logs', 'users'] as const) {
      it(`${version} that loses its ${lostPart} for a moment is no 0, and right afterwards`, async () => {
        await open({ version });
        const { activity } = setup.gateway.settings;
        Object.assign(activity, { lostPart, databaseLostAt: [1] });
        await assert.rejects(ask());
        Object.assign(activity, { calls: 0, databaseLostAt: [4] });
        const half = await ask();
        assert.deepEqual([half.coverage.complete, half.coverage.reason], [false, 'broke-off']);
        const from = Date.parse(half.coverage.from ?? '') / 1000;
        assert.equal(half.total?.used, setup.gateway.ledger.sum({ from }).quota / DOLLAR);
        activity.databaseLostAt = [];
        assert.equal((await ask()).total?.used, 0.5425);
      });
    }
  }

  for (const version of NEW_API.filter(each => VERSIONS[each].pages === 'objectFrom1')) {
    it(`${version}: rows that arrive late for a second that was over are counted too`, async () => {
      await open({ version });
      const late = Math.floor(setup.clock.now() / 1000) - 30;
      let calls = 0;
      const answered = setup.gateway.calls;
      // A second node whose rows come half a minute late: five of them, between the first page and the second.
      const push = answered.push.bind(answered);
      answered.push = (...records) => {
        if (records.some(({ path }) => path === '/api/log/self') && ++calls === 3) {
          for (let row = 0; row < 5; row++) setup.gateway.spend('alice', { at: late, quota: 5000 });
        }
        return push(...records);
      };
      const { total, coverage } = await ask();
      assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.5925, 255, true]);
    });
  }

  it('rows alike in everything are two where the log holds two', async () => {
    await open({ version: 'v0.9.0' });
    const at = Math.floor(setup.clock.now() / 1000) - 90;
    for (let row = 0; row < 300; row++) setup.gateway.spend('alice', { at, quota: 1000, model: 'gpt-4.1' });
    setup.gateway.settings.ignoresBounds = true;
    setup.gateway.settings.activity.writes = { key: 'alice', quota: 1000, rows: 2 };
    const { total, coverage } = await ask();
    // 250 rows of $0.5425 and 300 of $0.002; pages of nothing but equal rows may be taken for repeated ones.
    if (coverage.complete) assert.deepEqual([total?.used, total?.requests], [1.1425, 550]);
    else assert.match(coverage.reason ?? '', /endless|changed/);
  });

  it('a log that is cleared while it is read is read again', async () => {
    await open({});
    const { log } = setup.gateway.holdings;
    const at = Math.floor(setup.clock.now() / 1000) - 30;
    for (let row = 0; row < 120; row++) setup.gateway.spend('alice', { at, quota: 7000 });
    assert.equal(log.size, 370);
    const { calls } = setup.gateway;
    const push = calls.push.bind(calls);
    let seen = 0;
    calls.push = (...records) => {
      // Between the first page and the second the operator deletes the newest 120 rows.
      if (records.some(({ path }) => path === '/api/log/self') && ++seen === 3) log.drop(120);
      return push(...records);
    };
    const { total, coverage } = await ask();
    assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.5425, 250, true]);
  });

  /** Lets something happen just before so manieth call for the log is answered. */
  function atLogCall(events: Readonly<Record<number, () => void>>): void {
    const { calls } = setup.gateway;
    const push = calls.push.bind(calls);
    let seen = 0;
    calls.push = (...records) => {
      if (records.some(({ path }) => path === '/api/log/self')) events[++seen]?.();
      return push(...records);
    };
  }

  it('a log of which as much is deleted as is written is read again, though its count is the same', async () => {
    await open({});
    const { log } = setup.gateway.holdings;
    const at = Math.floor(setup.clock.now() / 1000) - 30;
    const write = () => {
      for (let row = 0; row < 20; row++) setup.gateway.spend('alice', { at, quota: 7000 });
    };
    write();
    // The first call counts, and the second brings the first page: rows of the second page move into it unread.
    atLogCall({ 3: () => log.drop(20), 4: write });
    const { total, coverage } = await ask();
    assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.8225, 270, true]);
  });

  it('a log into which older rows are written is read again, and no row counts twice', async () => {
    await open({});
    const at = Math.floor(setup.clock.now() / 1000) - 300 * 60;
    atLogCall({
      4: () => {
        for (let row = 0; row < 5; row++) setup.gateway.spend('alice', { at, quota: 7000 });
      },
    });
    const { total, coverage } = await ask();
    assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.6125, 255, true]);
  });

  for (const version of NEW_API) {
    it(`${version}: hourly sums that are written late are said to be`, async () => {
      await open({ version, settings: { sumsEvery: 300 } });
      setup.gateway.settings.activity.writes = { key: 'alice', quota: 100, rows: 1 };
      const key = await setup.add(setup.account('team'));
      const hour = 3_600_000;
      const now = setup.clock.now();
      const from = Math.floor((now - DAY_MS) / hour) * hour;
      const asked = (to: number) =>
        setup.ask(setup.account('team'), 'rangeByAccount', async (_gateway, context) => {
          const { readHourlyUsage } = await import('../../../src/gateways/newApi/hourlyUsage.ts');
          const { rawScale } = await import('../../../src/gateways/siteScale.ts');
          return readHourlyUsage(
            context,
            { from, to },
            rawScale(context.site, context.unitOverride, 'default'),
          );
        });
      assert.ok(key);
      const going = await asked(now + hour);
      assert.deepEqual([going.coverage.complete, going.coverage.reason], [false, 'not-yet-summed']);
      const covered = Date.parse(going.coverage.to ?? '') / 1000;
      const known = setup.gateway.ledger.sum({ to: covered }).quota / DOLLAR;
      assert.ok((going.total?.used ?? 0) >= known, 'all that it says it covers');
      const past = Math.floor(now / hour) * hour - 2 * hour - 1;
      const whole = await asked(past);
      assert.equal(whole.coverage.complete, true);
      assert.equal(whole.total?.used, setup.gateway.ledger.sum({ to: past / 1000 }).quota / DOLLAR);
    });
  }

  describe('with more rows than are read one by one', () => {
    /** 4,100 rows within ten hours up to a minute ago, half of a cent each, besides the 250. */
    async function openBusy(options: GatewayOptions = {}): Promise<void> {
      await open({ settings: { sumsEvery: 300 }, ...options });
      const now = Math.floor(setup.clock.now() / 1000);
      for (let row = 0; row < 4100; row++)
        setup.gateway.spend('bob', { at: now - 60 - Math.floor((row * 36_000) / 4100), quota: 2500 });
      setup.gateway.settings.activity.writes = { key: 'alice', quota: 100, rows: 1 };
    }
    const truth = ({ coverage }: UsageReport) => {
      const [from, to] = [coverage.from, coverage.to].map(time => Date.parse(time ?? '') / 1000);
      return setup.gateway.ledger.sum({ from: Math.ceil(from ?? 0), to: Math.floor(to ?? 0) }).quota / DOLLAR;
    };

    for (const [what, beginsMs, endsMs] of [
      ['that goes on', DAY_MS, -DAY_MS / 2],
      ['that begins within an hour', 9.4 * 3_600_000, -1],
      ['that begins and ends within an hour', 9.9 * 3_600_000, 0.2 * 3_600_000],
      ['that ended minutes ago', DAY_MS, 4 * 60_000],
    ] as const) {
      it(`a range ${what} is whole: the log tells what the hours do not`, async () => {
        await openBusy();
        const now = setup.clock.now();
        const report = await ask({ from: now - beginsMs, to: now - endsMs });
        assert.ok(setup.gateway.callsOf({ path: '/api/data/self' }).length > 0, 'by sums');
        assert.deepEqual([report.coverage.complete, report.coverage.reason], [true, undefined]);
        assert.equal(Date.parse(report.coverage.from ?? ''), now - beginsMs);
        assert.ok(Date.parse(report.coverage.to ?? '') >= Math.min(now - endsMs, now - 3000));
        assert.equal(report.total?.used, truth(report));
        assert.equal(report.byKey, undefined);
        assert.ok(report.timeline?.cells.every(({ key }) => !key));
      });
    }

    it('a range of a gateway that writes its sums every 50 minutes is whole, too', async () => {
      await openBusy({ settings: { sumsEvery: 3000 } });
      // At a quarter past noon the last were written at half past eleven.
      setup.clock.jump(15 * 60_000);
      const report = await ask({ from: setup.clock.now() - DAY_MS });
      assert.deepEqual([report.coverage.complete, report.coverage.reason], [true, undefined]);
      assert.equal(report.total?.used, truth(report));
    });

    it('a range of whose last hour the log has too many rows is told by sums, and says what they lack', async () => {
      await openBusy();
      const at = Math.floor(setup.clock.now() / 1000) - 600;
      for (let row = 0; row < 2000; row++) setup.gateway.spend('bob', { at, quota: 2500 });
      const { coverage } = await ask({
        from: Math.floor((setup.clock.now() - DAY_MS) / 3_600_000) * 3_600_000,
      });
      assert.deepEqual([coverage.complete, coverage.reason], [false, 'not-yet-summed']);
    });

    it('a range whose minutes the log loses half-way likewise', async () => {
      await openBusy();
      // Count, sums, count of the edge, its first page; then the database is lost.
      Object.assign(setup.gateway.settings.activity, { databaseLostAt: [5, 6, 7, 8] });
      const { coverage } = await ask({ from: setup.clock.now() - 9.9 * 3_600_000 });
      assert.equal(coverage.complete, false);
    });

    it('a range whose minutes the log does not tell now is one of whole hours', async () => {
      await openBusy();
      const now = setup.clock.now();
      // The first call counts the rows, the second sums the hours; then the database is lost.
      Object.assign(setup.gateway.settings.activity, { databaseLostAt: [3, 4, 5] });
      const report = await ask({ from: now - 9.4 * 3_600_000, to: now });
      assert.deepEqual([report.coverage.complete, report.coverage.reason], [false, 'whole-hours']);
    });
  });

  it('the same range by a key’s own log is exact while it is used', async () => {
    await open({});
    setup.gateway.settings.activity.writes = { key: 'alice', quota: 100, rows: 1 };
    const key = await setup.add(setup.key('alice'));
    const now = setup.clock.now();
    const report = await queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now - 1000 });
    assert.equal(
      report.total?.used,
      setup.gateway.ledger.sum({ key: 'alice', to: now / 1000 - 1 }).quota / DOLLAR,
    );
  });
});
