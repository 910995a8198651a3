import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { appendToHistory } from '../../../../src/services/polling/recordReading.ts';
import { answer, row, takeIn } from '../../support/ledgerSetup.ts';
import { HOUR, MINUTE, reading } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const COUNTER = { of: 'quota', source: 'own', perUnit: 500_000 } as const;

/** The gateway's clock goes on; minutes are from its noon of 15 June 2026 on, and amounts dollars. */
describe('what a key spent, after this computer’s clock was set', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let totals: SpendTotals;
  let id: string;
  let noon: number;
  let aheadMs: number;

  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } }, { focused: false });
    noon = setup.clock.now();
    aheadMs = 0;
    const { keyService } = setup.testWindow;
    id = await keyService.add(setup.key('ok'), {
      reading: reading({ takenAt: new Date(noon).toISOString() }),
    });
    totals = new SpendTotals(setup.testWindow.parts);
  });

  afterEach(async () => {
    totals.dispose();
    await setup.close();
  });

  /** A reading in a minute, by which so much was used until then. */
  async function read(minute: number, used: number): Promise<void> {
    const { store, monitor } = setup.testWindow;
    const now = noon + minute * MINUTE + aheadMs;
    setup.clock.jump(now - setup.clock.now());
    const key = store.keys.findKey(id) ?? assert.fail();
    const taken = reading({
      takenAt: new Date(now).toISOString(),
      ...(aheadMs !== 0 && { clockAheadMs: aheadMs }),
      quota: { unlimited: false, granted: 100, used, remaining: 100 - used },
    });
    const counted = { ...COUNTER, used: used * 500_000, remaining: (100 - used) * 500_000 };
    store.transaction(() => {
      const forecast = appendToHistory(store, key, { reading: taken, counted }, now);
      store.states.saveState({
        keyId: id,
        reading: taken,
        checkedAt: now,
        failures: 0,
        dueAt: now,
        forecast,
      });
    });
    await monitor.reload();
  }
  /** The log until a minute, with rows of some minutes. */
  function tell(until: number, rows: readonly (readonly [minute: number, dollars: number])[]): void {
    const { store } = setup.testWindow;
    const of = { id, fingerprint: store.keys.findKey(id)?.fingerprint };
    const records = rows.map(([minute, dollars]) => row(43_200 + minute * 60, dollars * 500_000));
    takeIn(store, answer(undefined, 43_200 + until * 60, records), of);
  }
  async function spent() {
    totals.refreshKey(id);
    await setup.clock.advance(3000, () => setup.testWindow.monitor.idle());
    const { today, week, complete, days } = setup.testWindow.keyState(id).spend ?? {};
    return { today, week, complete, days: days?.slice(-2) };
  }

  const ALL = { today: 6, week: 6, complete: true, days: [0, 6] };

  for (const [what, ms] of [
    ['put back by an hour', -HOUR],
    ['put back by three hours', -3 * HOUR],
    ['put forward by an hour', HOUR],
  ] as const) {
    it(`${what}: is counted once, with what the log told before`, async () => {
      await read(0, 0);
      await read(70, 2);
      await read(110, 5);
      // Of these five the log has all; a sixth dollar was noticed after it.
      tell(115, [
        [40, 2],
        [100, 3],
      ]);
      await read(130, 6);
      assert.deepEqual(await spent(), ALL);
      aheadMs = ms;
      await read(140, 6);
      assert.deepEqual(await spent(), ALL, 'at once');
      await read(230, 6);
      assert.deepEqual(await spent(), ALL, 'later on');
    });
  }

  it('put back days later: moves what was noticed over a midnight of before', async () => {
    await read(12 * 60 + 20, 0);
    await read(12 * 60 + 30, 3);
    for (let hour = 22; hour <= 82; hour += 10) await read(hour * 60, 3);
    await spent();
    aheadMs = -HOUR;
    await read(82 * 60 + 10, 3);
    await spent();
    // It was half past midnight on the 16th, and the 18th has nearly passed.
    assert.deepEqual(setup.testWindow.keyState(id).spend?.days.slice(-4), [3, 0, 0, 0]);
  });

  it('is not moved by the first reading after the last one was withdrawn', async () => {
    aheadMs = HOUR;
    await read(0, 0);
    await read(30, 3);
    const { store } = setup.testWindow;
    const rows = () => store.history.historyRows(id, noon, noon + 90 * MINUTE).map(({ from }) => from);
    const before = rows();
    store.states.saveState({ keyId: id, failures: 0, dueAt: noon });
    await read(40, 3);
    assert.deepEqual([before, rows()], [[noon + HOUR, noon + 90 * MINUTE], before]);
  });

  for (const [what, putBackAt] of [
    ['over midnight and back', 12 * 60 + 40],
    ['on a day that goes on', 13 * 60 + 20],
  ] as const) {
    it(`${what}: is counted once, by readings alone, on the days that it is of by now`, async () => {
      await read(11 * 60, 0);
      await read(11 * 60 + 30, 2);
      await read(12 * 60, 2);
      await read(12 * 60 + 10, 5);
      await read(putBackAt, 5);
      assert.deepEqual(await spent(), { today: 3, week: 5, complete: false, days: [2, 3] });
      aheadMs = -HOUR;
      await read(putBackAt + 10, 5);
      await read(14 * 60 + 5, 5);
      // What was noticed ten minutes after midnight is of the day before: it is five past one by now.
      assert.deepEqual(await spent(), { today: 0, week: 5, complete: false, days: [5, 0] });
    });
  }
});
