import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { LedgerSource } from '../../../../src/core/ledger/spendRecord.ts';
import { ledgerAnswer } from '../../../../src/services/ledger/ledgerAnswer.ts';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { coverageText } from '../../../../src/text/coverage.ts';
import { spendText } from '../../../../src/text/spendSum.ts';
import { answer, row, START, sum, takeIn } from '../../support/ledgerSetup.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const H = 3600;
const DAY_S = 24 * H;
const DOLLAR = 500_000;

describe('sums of gateways that are of no one day', () => {
  let setup: TestSetup;
  let totals: SpendTotals;
  let id: string;

  afterEach(async () => {
    totals.dispose();
    await setup.close();
  });

  /** The clock stands at noon of 15 June 2026 in UTC; `START` is its midnight. */
  async function open(): Promise<void> {
    setup = await TestSetup.open({ scenarios: { ok: {} } }, { focused: false });
    id = await setup.testWindow.addKey(setup.gateway, 'ok');
    await setup.testWindow.monitor.start();
    await setup.testWindow.refreshKey(id);
    totals = new SpendTotals(setup.testWindow.parts);
  }
  function tell(
    source: LedgerSource,
    from: number,
    to: number,
    ...sums: [at: number, lasts: number, dollars: number][]
  ) {
    const fingerprint = setup.testWindow.store.keys.findKey(id)?.fingerprint ?? '';
    const records = sums.map(([at, lasts, dollars]) => sum(at, lasts, dollars * DOLLAR));
    takeIn(setup.testWindow.store, answer(from, to, records, { source }), { id, fingerprint });
    totals.refreshKey(id);
  }
  const look = async () => {
    await setup.clock.advance(MINUTE, () => setup.testWindow.monitor.idle());
    const { spend, reading } = setup.testWindow.keyState(id);
    if (!spend || !reading) assert.fail('nothing is known');
    return { ...spend, line: spendText(spend, reading.unit, setup.clock.now()) };
  };

  for (const [zone, over] of [
    // Midnight is at 18:30, 18:15 and 13:30 of 14 June in UTC.
    ['Asia/Kolkata', -6 * H],
    ['Asia/Kathmandu', -6 * H],
    ['Australia/Lord_Howe', -11 * H],
  ] as const) {
    describe(`in ${zone}`, () => {
      useTimeZone(zone);

      it('an hour over midnight is of neither day, but of both together', async () => {
        await open();
        tell('hourlySums', -20 * DAY_S, 12 * H, [over - 2 * H, H, 2], [over, H, 1], [over + 3 * H, H, 4]);
        const { today, week, month, days, complete, since, line } = await look();
        assert.deepEqual([today, week, month, days.slice(-2)], [4, 7, 7, [2, 4]]);
        assert.deepEqual([complete, since], [false, new Date((START + over + H) * 1000).toISOString()]);
        assert.equal(line, 'today ≥ $4.00 · 7 days ≥ $7.00 · this month ≥ $7.00');
      });

      it('an hour over midnight without spend leaves both days whole', async () => {
        await open();
        tell('hourlySums', -20 * DAY_S, 12 * H, [over - 2 * H, H, 2], [over + 3 * H, H, 4]);
        const { today, month, complete } = await look();
        assert.deepEqual([today, month, complete], [4, 6, true]);
      });

      it('an hour over midnight of which the log tells the rows is divided by these', async () => {
        await open();
        tell('hourlySums', -20 * DAY_S, 12 * H, [over - 2 * H, H, 2], [over, H, 1], [over + 3 * H, H, 4]);
        // All of it in the last quarter of an hour, after midnight.
        const { store } = setup.testWindow;
        const fingerprint = store.keys.findKey(id)?.fingerprint ?? '';
        const rows = [row(over + 3000, DOLLAR)];
        takeIn(store, answer(over, over + H, rows, { source: 'accountLog' }), { id, fingerprint });
        totals.refreshKey(id);
        const { today, days, complete } = await look();
        assert.deepEqual([today, days.slice(-2), complete], [5, [2, 5], true]);
      });

      it('a range with such an hour without spend has nothing to say of it', async () => {
        await open();
        tell('hourlySums', -2 * DAY_S, 12 * H, [over - 2 * H, H, 2], [over, H, 0]);
        const range = { from: (START - 30 * H) * 1000, to: (START + 11 * H) * 1000 - 1 };
        const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
        const { usage } = ledgerAnswer(setup.testWindow.store, key, range, setup.clock.now()) ?? {};
        assert.deepEqual([usage?.coverage.complete, usage?.coverage.reason], [true, undefined]);
      });

      it('a range says that such an hour counts on the day on which it begins', async () => {
        await open();
        tell('hourlySums', -2 * DAY_S, 12 * H, [over - 2 * H, H, 2], [over, H, 1], [over + 3 * H, H, 4]);
        const range = { from: (START - 30 * H) * 1000, to: (START + 11 * H) * 1000 - 1 };
        const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
        const { usage } = ledgerAnswer(setup.testWindow.store, key, range, setup.clock.now()) ?? {};
        if (!usage) assert.fail('the ledger has nothing');
        assert.deepEqual(
          usage.byDay?.map(({ name, used }) => [name, used]),
          [
            ['2026-06-14', 3],
            ['2026-06-15', 4],
          ],
        );
        assert.deepEqual([usage.total?.used, usage.coverage.complete], [7, true]);
        assert.match(
          coverageText({ coverage: usage.coverage, to: new Date(range.to).toISOString() }),
          /one that spans midnight counts on the day it begins/,
        );
      });
    });
  }

  describe('in a zone of whole hours', () => {
    useTimeZone('Asia/Shanghai');

    it('no hour is over midnight', async () => {
      await open();
      // Midnight is at 16:00 in UTC.
      tell('hourlySums', -20 * DAY_S, 12 * H, [-9 * H, H, 2], [-8 * H, H, 4]);
      const { today, week, complete } = await look();
      assert.deepEqual([today, week, complete], [4, 6, true]);
    });

    it('days of the gateway are of none of ours, and count where all of their time in any zone does', async () => {
      await open();
      // The day of 1 June may begin in May here; all others are of this month. 12 June is over everywhere.
      const at = (date: number) => (date - 15) * DAY_S - 8 * H;
      tell(
        'dailySums',
        at(1),
        at(13),
        ...[1, 2, 11, 12].map(date => [at(date), DAY_S, date] as [number, number, number]),
      );
      await setup.clock.advance(HOUR, () => setup.testWindow.monitor.idle());
      const { today, week, month, days, complete } = await look();
      // Seven days are those from the 9th on.
      assert.deepEqual([today, week, month, complete], [0, 23, 25, false]);
      assert.deepEqual(
        days,
        Array.from({ length: 14 }, () => 0),
      );
    });

    const at = (date: number) => (date - 15) * DAY_S - 8 * H;

    it('a day of the gateway counts nothing that readings noticed already, and makes nothing complete', async () => {
      await open();
      const wait = (hours: number) =>
        setup.clock.advance(hours * HOUR, () => setup.testWindow.monitor.idle());
      await wait(13);
      // At one in the morning of the 16th in UTC, which is the 15th still in UTC−12.
      setup.gateway.spend('ok', { quota: 2 * DOLLAR });
      await wait(1);
      tell('dailySums', -20 * DAY_S - 8 * H, at(16), [at(11), DAY_S, 11], [at(15), DAY_S, 2]);
      const { today, month, complete, since } = await look();
      assert.deepEqual([today, month, complete], [2, 13, false]);
      // The local day of the 16th began at 16:00, and was watched from its beginning on.
      assert.equal(since, '2026-06-15T16:00:00.000Z');
    });

    // The 10th begins on the 9th at the earliest, which is the first of seven days, and the last before them in Auckland.
    for (const [zone, week] of [
      ['UTC', 10],
      ['America/Los_Angeles', 10],
      ['Pacific/Honolulu', 10],
      ['Pacific/Auckland', 0],
    ] as const) {
      it(`a day of the gateway keeps its name in ${zone}`, async () => {
        await open();
        tell('dailySums', at(9), at(12), [at(9), DAY_S, 1], [at(10), DAY_S, 10]);
        process.env.TZ = zone;
        totals.refreshAll();
        await setup.clock.advance(HOUR, () => setup.testWindow.monitor.idle());
        assert.equal((await look()).week, week);
        const { store, keyService } = setup.testWindow;
        const range = { from: (START + at(5)) * 1000, to: (START + at(14)) * 1000 };
        const { usage } =
          ledgerAnswer(store, keyService.findById(id) ?? assert.fail(), range, setup.clock.now()) ?? {};
        assert.deepEqual(
          usage?.byDay?.map(({ name, used }) => [name, used]),
          [
            ['2026-06-09', 1],
            ['2026-06-10', 10],
          ],
        );
      });
    }

    it('a day of the gateway of which the hours are told counts by these, and one in another unit not at all', async () => {
      await open();
      tell('dailySums', at(6), at(13), [at(7), DAY_S, 2], [at(11), DAY_S, 11]);
      tell('hourlySums', at(11), at(12), [at(11) + 3 * H, H, 11]);
      const { store } = setup.testWindow;
      const fingerprint = store.keys.findKey(id)?.fingerprint ?? '';
      const yuan = { unit: { code: 'CNY', source: 'gateway' }, perUnit: 1 } as const;
      const told = answer(at(5), at(6), [sum(at(5), DAY_S, 7)], { source: 'dailySums', scale: yuan });
      takeIn(store, told, { id, fingerprint });
      totals.refreshKey(id);
      assert.equal((await look()).month, 13);
    });
  });
});
