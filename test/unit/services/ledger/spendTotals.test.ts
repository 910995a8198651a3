import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { keySpendOf } from '../../../../src/core/ledger/keySpend.ts';
import { dayOf } from '../../../../src/core/ledger/localDays.ts';
import type { SpendInUnit } from '../../../../src/core/quota/keyState.ts';
import { knownSpendOf } from '../../../../src/services/ledger/knownSpendOf.ts';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { answer, row, sum, takeIn } from '../../support/ledgerSetup.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** The sample gateway's clock stands at noon of 15 June 2026, and the ledger's start is its midnight. */
describe('what keys spent, beside their figures', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let totals: SpendTotals | undefined;

  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {}, other: {} } }, { focused: false });
  });

  afterEach(async () => {
    totals?.dispose();
    totals = undefined;
    await setup.close();
  });

  const advance = (ms: number) => setup.clock.advance(ms, () => setup.testWindow.monitor.idle());
  const spendOf = (id: string) => setup.testWindow.keyState(id).spend;

  /** A key that was read, and its totals. */
  async function open(): Promise<string> {
    const { testWindow, gateway } = setup;
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    totals = new SpendTotals(testWindow.parts);
    return id;
  }
  const fingerprintOf = (id: string) => setup.testWindow.store.keys.findKey(id)?.fingerprint ?? '';
  function tell(id: string, ...[from, to, records]: Parameters<typeof answer>): void {
    takeIn(setup.testWindow.store, answer(from, to, records), { id, fingerprint: fingerprintOf(id) });
    totals?.refreshKey(id);
  }

  it('come from the ledger, with what readings noticed since', async () => {
    const id = await open();
    // $3 at 10:00 and $1 on the day before, told until eight past noon.
    tell(id, -20 * 86_400, 12 * 3600 + 480, [
      row(36_000, 1_500_000),
      row(-3600, 500_000),
      // A tenth of a dollar at seven past noon, which the reading at ten past notices as well.
      row(12 * 3600 + 420, 50_000),
    ]);
    await advance(10 * MINUTE);
    setup.gateway.spend('ok', { quota: 250_000 });
    await setup.testWindow.refreshKey(id);
    await advance(5 * MINUTE);
    const spend = spendOf(id);
    assert.deepEqual([spend?.today, spend?.week, spend?.month, spend?.complete], [3.5, 4.5, 4.5, true]);
    assert.deepEqual(spend?.days.slice(-3), [0, 1, 3.5]);
  });

  describe('of a key that stands still', () => {
    let id: string;
    let count = 0;
    /** How often figures were worked out from the ledger since this was asked last. */
    const timesWorkedOut = () => {
      const since = count;
      count = 0;
      return since;
    };

    beforeEach(async () => {
      id = await open();
      const { ledger } = setup.testWindow.store;
      const spendByDay = ledger.spendByDay.bind(ledger);
      ledger.spendByDay = (...range) => {
        count++;
        return spendByDay(...range);
      };
      tell(id, -20 * 86_400, 12 * 3600 + 60, [row(36_000, 1_500_000)]);
      // The first reading of a site has less than those after it.
      await read();
      timesWorkedOut();
    });

    /** Reads it, and lets as much time pass as figures are worked out in. */
    async function read(): Promise<number | undefined> {
      await setup.testWindow.refreshKey(id);
      await advance(2000);
      return spendOf(id)?.today;
    }

    it('stay as they are when it is read again', async () => {
      await advance(MINUTE);
      assert.deepEqual([await read(), timesWorkedOut()], [3, 0]);
      setup.gateway.spend('ok', { quota: 250_000 });
      assert.deepEqual([await read(), timesWorkedOut()], [3.5, 1]);
    });

    it('are worked out with its next reading where another window has taken its log in', async () => {
      const { store } = setup.testWindow;
      const told = answer(12 * 3600 + 60, 12 * 3600 + 90, [row(12 * 3600 + 70, 500_000)]);
      takeIn(store, told, { id, fingerprint: fingerprintOf(id) });
      assert.deepEqual([await read(), timesWorkedOut()], [4, 1]);
    });

    it('are worked out again after half an hour, once', async () => {
      totals?.refreshAll();
      await advance(MINUTE);
      totals?.refreshAll();
      await advance(MINUTE);
      timesWorkedOut();
      await advance(31 * MINUTE);
      assert.equal(timesWorkedOut(), 1);
    });

    it('are worked out once for what changes within a second', async () => {
      const { monitor } = setup.testWindow;
      let times = 0;
      const setSpend = monitor.setSpend.bind(monitor);
      monitor.setSpend = spend => {
        times++;
        setSpend(spend);
      };
      totals?.refreshKey(id);
      await advance(500);
      totals?.refreshKey(id);
      await advance(2000);
      assert.deepEqual([times, timesWorkedOut()], [1, 1]);
    });

    it('are worked out no more once nobody wants them', async () => {
      const told = (until: number) =>
        takeIn(setup.testWindow.store, answer(12 * 3600 + 60, until, [row(12 * 3600 + 70, 500_000)]), {
          id,
          fingerprint: fingerprintOf(id),
        });
      told(12 * 3600 + 90);
      totals?.refreshKey(id);
      totals?.dispose();
      await advance(MINUTE);
      assert.deepEqual([spendOf(id)?.today, timesWorkedOut()], [3, 0], 'what was about to be');
      totals = new SpendTotals(setup.testWindow.parts);
      await advance(MINUTE);
      assert.deepEqual([spendOf(id)?.today, timesWorkedOut()], [4, 1]);
      totals.dispose();
      totals.refreshKey(id);
      await advance(MINUTE);
      assert.equal(timesWorkedOut(), 0);
    });

    it('are worked out with the next reading after hours without any', async () => {
      const { store, monitor } = setup.testWindow;
      const pause = async (at: number | undefined) => {
        store.transaction(() => store.keys.setPaused(id, at));
        await monitor.reload();
      };
      await pause(setup.clock.now());
      // Not a whole number of half hours.
      await advance(5 * HOUR + 10 * MINUTE);
      assert.notEqual(spendOf(id)?.until, undefined);
      await pause(undefined);
      await read();
      assert.deepEqual([spendOf(id)?.today, spendOf(id)?.until], [3, undefined]);
    });
  });

  it('leave out what was told or read in another unit', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const yuan = { unit: { code: 'CNY', source: 'gateway' }, perUnit: 1 } as const;
    const told = answer(-20 * 86_400, 12 * 3600 + 300, [row(36_000, 7), row(12 * 3600 + 120, 7)], {
      scale: yuan,
    });
    takeIn(store, told, { id, fingerprint: fingerprintOf(id) });
    totals?.refreshAll();
    await advance(10 * MINUTE);
    setup.gateway.spend('ok', { quota: 250_000 });
    await setup.testWindow.refreshKey(id);
    await advance(MINUTE);
    assert.equal(spendOf(id)?.today, 0.5);
    store.transaction(() => {
      const now = setup.clock.now();
      for (const [used, at] of [
        [0, now - HOUR],
        [9, now],
      ] as const)
        store.history.appendReading(id, yuan.unit, { at, used }, at);
    });
    totals?.refreshAll();
    await advance(MINUTE);
    assert.equal(spendOf(id)?.today, 0.5);
  });

  it('stay whole over midnight where the log tells the day up to a moment, and readings the rest of it', async () => {
    const id = await open();
    tell(id, -20 * 86_400, 12 * 3600 + 300, [row(36_000, 1_500_000)]);
    await advance(6 * HOUR);
    setup.gateway.spend('ok', { quota: 250_000 });
    await setup.testWindow.refreshKey(id);
    await advance(6 * HOUR + 30 * MINUTE);
    const { today, week, month, complete, since, until } = spendOf(id) ?? {};
    assert.deepEqual([today, week, month, complete, until], [0, 3.5, 3.5, true, undefined]);
    // The fourteen days until 16 June begin on the 3rd, the month before them.
    assert.equal(since, '2026-06-01T00:00:00.000Z');
  });

  it('lack what was spent in another unit, and say so', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const yuan = { unit: { code: 'CNY', source: 'gateway' }, perUnit: 70_000 } as const;
    const tellYuan = (raw: number) => {
      const told = answer(-20 * 86_400, 36_000, [row(3600, raw)], { scale: yuan });
      takeIn(store, told, { id, fingerprint: fingerprintOf(id) });
    };
    tellYuan(0);
    tell(id, 36_000, 12 * 3600 + 300, [row(40_000, 500_000)]);
    await advance(MINUTE);
    assert.deepEqual([spendOf(id)?.today, spendOf(id)?.complete], [1, true], '0 in any unit');
    tellYuan(140_000);
    totals?.refreshKey(id);
    await advance(MINUTE);
    const { today, month, complete, since } = spendOf(id) ?? {};
    assert.deepEqual([today, month, complete, since], [1, 1, false, '2026-06-15T10:00:00.000Z']);
  });

  it('leave out sums over several days, of which none is theirs', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const tellSum = (from: number, lasts: number, raw: number) => {
      const told = answer(from, from + lasts, [sum(from, lasts, raw)], { source: 'rangeSums' });
      takeIn(store, told, { id, fingerprint: fingerprintOf(id) });
    };
    tellSum(-11 * 86_400, 10 * 86_400, 5_000_000);
    tellSum(-86_400, 86_400, 500_000);
    tellSum(0, 12 * 3600 + 300, 250_000);
    totals?.refreshKey(id);
    await advance(MINUTE);
    const { week, month, days, since } = spendOf(id) ?? {};
    assert.deepEqual([week, month], [1.5, 1.5]);
    assert.deepEqual(days?.slice(-2), [1, 0.5]);
    assert.equal(since, '2026-06-14T00:00:00.000Z');
  });

  it('come from readings alone where the gateway tells nothing', async () => {
    const id = await open();
    await advance(HOUR);
    setup.gateway.spend('ok', { quota: 250_000 });
    await setup.testWindow.refreshKey(id);
    await advance(MINUTE);
    const spend = spendOf(id);
    assert.deepEqual([spend?.today, spend?.complete], [0.5, false]);
    // It was read for the first time at noon.
    assert.equal(spend?.since, '2026-06-15T12:00:00.000Z');
  });

  it('have what readings noticed on each of many days before', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const now = setup.clock.now();
    const { unit } = store.states.stateOf(id)?.reading ?? assert.fail();
    store.transaction(() => {
      store.keys.setPaused(id, now);
      store.history.eraseKey(id);
      // A dollar at 1:00 on each day from the 1st to the 14th.
      for (let at = Date.UTC(2026, 5, 1), used = 0; at <= now; at += HOUR) {
        if (new Date(at).getUTCHours() === 1 && at < now - 12 * HOUR) used++;
        store.history.appendReading(id, unit, { at, used }, at);
      }
    });
    await setup.testWindow.monitor.reload();
    totals?.refreshAll();
    await advance(MINUTE);
    const spend = spendOf(id);
    assert.deepEqual([spend?.month, spend?.week, spend?.today, spend?.complete], [14, 6, 0, true]);
    assert.deepEqual(spend?.days, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('are shown once, and nothing is shown again that did not change', async () => {
    const id = await open();
    tell(id, -20 * 86_400, 12 * 3600, []);
    await advance(2 * MINUTE);
    const before = setup.testWindow.monitor.snapshot;
    totals?.refreshAll();
    await advance(MINUTE);
    assert.equal(setup.testWindow.monitor.snapshot, before);
    assert.equal(spendOf(id)?.today, 0);
  });

  it('start over at midnight', async () => {
    const id = await open();
    tell(id, -20 * 86_400, 12 * 3600, [row(36_000, 1_500_000)]);
    await advance(MINUTE);
    assert.equal(spendOf(id)?.today, 3);
    // Not a whole number of half hours before midnight.
    await advance(9 * MINUTE);
    totals?.refreshAll();
    await advance(12 * HOUR - 11 * MINUTE);
    assert.equal(spendOf(id)?.today, 3);
    await advance(MINUTE + 2000);
    assert.deepEqual([spendOf(id)?.today, spendOf(id)?.week], [0, 3]);
  });

  it('follow what another window takes in, without a new reading', async () => {
    const id = await open();
    await advance(MINUTE);
    const { store, monitor } = setup.testWindow;
    store.transaction(() => store.keys.setPaused(id, setup.clock.now()));
    await monitor.reload();
    await advance(MINUTE);
    takeIn(setup.testWindow.store, answer(-20 * 86_400, 12 * 3600, [row(36_000, 1_500_000)]), {
      id,
      fingerprint: fingerprintOf(id),
    });
    await advance(31 * MINUTE);
    assert.equal(spendOf(id)?.today, 3);
  });

  it('count for the day by our clock, though the gateway’s is another', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const now = setup.clock.now();
    // $1 ten minutes before the gateway's midnight of today, $2 ten minutes after it, told until its noon; $4 of the days before.
    const log = answer(-20 * 86_400, 12 * 3600, [
      row(-600, 500_000),
      row(600, 1_000_000),
      row(-7200, 2_000_000),
    ]);
    takeIn(store, log, { id, fingerprint: fingerprintOf(id) });
    const today = (aheadMs: number) => {
      const taken = store.states.stateOf(id)?.reading ?? assert.fail();
      const read = { ...taken, clockAheadMs: aheadMs, takenAt: new Date(now).toISOString() };
      const known = knownSpendOf(store, id, read, [], now);
      return [keySpendOf(known, now)?.days.slice(-2), new Date(known.covered.at(-1)?.to ?? 0).toISOString()];
    };
    assert.deepEqual(today(0), [[5, 2], '2026-06-15T12:00:00.000Z']);
    assert.deepEqual(today(20 * MINUTE), [[4, 3], '2026-06-15T12:20:00.000Z']);
    assert.deepEqual(today(-20 * MINUTE), [[7, 0], '2026-06-15T11:40:00.000Z']);
  });

  it('have once what was told by another clock and noticed since', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const now = setup.clock.now();
    const taken = store.states.stateOf(id)?.reading ?? assert.fail();
    const read = { ...taken, clockAheadMs: 20 * MINUTE, takenAt: new Date(now).toISOString() };
    store.transaction(() => {
      store.history.eraseKey(id);
      for (const [minutes, used] of [
        [-60, 0],
        [-10, 3],
      ] as const)
        store.history.appendReading(
          id,
          taken.unit,
          { at: now + minutes * MINUTE, used },
          now + minutes * MINUTE,
        );
    });
    // $1 at 11:10 by our clock, of the $3 that were noticed until 11:50; told until 11:20.
    takeIn(store, answer(-20 * 86_400, 11 * 3600, [row(11 * 3600 - 600, 500_000)]), {
      id,
      fingerprint: fingerprintOf(id),
    });
    assert.equal(keySpendOf(knownSpendOf(store, id, read, [], now), now)?.today, 3);
  });

  it('of a gateway whose next day has begun are those of today', async () => {
    const id = await open();
    const { store } = setup.testWindow;
    const now = Date.UTC(2026, 5, 15, 23, 50);
    const taken = store.states.stateOf(id)?.reading ?? assert.fail();
    const read = { ...taken, clockAheadMs: -20 * MINUTE, takenAt: new Date(now).toISOString() };
    // Five past its midnight is a quarter to ours.
    takeIn(store, answer(-20 * 86_400, 86_400 + 600, [row(86_400 + 300, 500_000)]), {
      id,
      fingerprint: fingerprintOf(id),
    });
    const { today, complete } = keySpendOf(knownSpendOf(store, id, read, [], now), now) ?? {};
    assert.deepEqual([today, complete], [1, true]);
  });

  it('are none in another unit, until they are worked out in it', async () => {
    const id = await open();
    const { monitor } = setup.testWindow;
    const dollars: SpendInUnit = {
      unitId: 'USD',
      day: dayOf(setup.clock.now()),
      monthBegins: 1,
      spend: { today: 1, week: 1, calendarWeek: 1, month: 1, since: '', complete: true, days: [] },
    };
    totals?.dispose();
    monitor.setSpend(new Map([[id, dollars]]));
    await advance(1000);
    assert.equal(spendOf(id)?.today, 1);
    monitor.setSpend(new Map([[id, { ...dollars, unitId: 'CNY' }]]));
    await advance(1000);
    assert.equal(spendOf(id), undefined);
  });

  it('are none of a day that is over, until they are worked out for the new one', async () => {
    const id = await open();
    const { monitor } = setup.testWindow;
    totals?.dispose();
    monitor.setSpend(
      new Map([
        [
          id,
          {
            ...{ unitId: 'USD', day: dayOf(setup.clock.now()), monthBegins: 1 },
            spend: { today: 1, week: 1, calendarWeek: 1, month: 1, since: '', complete: true, days: [] },
          },
        ],
      ]),
    );
    await advance(12 * HOUR - MINUTE);
    assert.equal(spendOf(id)?.today, 1);
    await advance(MINUTE + 1000);
    assert.equal(spendOf(id), undefined);
  });

  it('count the month from another day on as soon as the user sets that', async () => {
    const id = await open();
    // $3 today, $1 on 10 June and $8 on 20 May; noon of 15 June.
    tell(id, -40 * 86_400, 12 * 3600, [
      row(36_000, 1_500_000),
      row(-5 * 86_400, 500_000),
      row(-26 * 86_400, 4_000_000),
    ]);
    await advance(MINUTE);
    assert.equal(spendOf(id)?.month, 4);
    const set = async (monthBegins: number) => {
      setup.testWindow.settings = { ...setup.testWindow.settings, monthBegins };
      await setup.testWindow.monitor.applySettings(new Set());
    };
    await set(20);
    assert.equal(spendOf(id), undefined);
    await advance(MINUTE);
    assert.deepEqual([spendOf(id)?.month, spendOf(id)?.monthFrom], [12, '2026-05-20T00:00:00.000Z']);
    await set(11);
    await advance(MINUTE);
    assert.deepEqual([spendOf(id)?.month, spendOf(id)?.monthFrom], [3, '2026-06-11T00:00:00.000Z']);
  });

  it('are none after they were forgotten, and nothing was told or read since', async () => {
    const id = await open();
    await advance(DAY);
    setup.gateway.spend('ok', { quota: 250_000 });
    await setup.testWindow.refreshKey(id);
    await advance(DAY);
    assert.equal(spendOf(id)?.week, 0.5);
    const { store } = setup.testWindow;
    store.transaction(() => store.history.eraseKey(id));
    totals?.forgetKey(id);
    await advance(2000);
    assert.equal(spendOf(id), undefined);
  });

  it('are known again as soon as it was read twice after they were forgotten', async () => {
    const id = await open();
    await advance(HOUR);
    await setup.testWindow.refreshKey(id);
    await advance(2000);
    assert.equal(spendOf(id)?.today, 0);
    const { store } = setup.testWindow;
    store.transaction(() => store.history.eraseKey(id));
    totals?.forgetKey(id);
    await advance(2000);
    assert.equal(spendOf(id), undefined);
    for (let times = 0; times < 2; times++) {
      await setup.testWindow.refreshKey(id);
      await advance(MINUTE);
    }
    assert.equal(spendOf(id)?.today, 0);
  });
});
