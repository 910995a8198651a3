import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

describe('what a key spent by its readings, after a change of the time zone', () => {
  useTimeZone('Asia/Tokyo');
  let setup: TestSetup;
  let totals: SpendTotals | undefined;

  // The clock stands at noon of 15 June 2026 in UTC, which is 21:00 in Tokyo.
  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } }, { focused: false });
  });
  afterEach(async () => {
    totals?.dispose();
    await setup.close();
  });

  const advance = (ms: number) => setup.clock.advance(ms, () => setup.testWindow.monitor.idle());
  /** As after a start, which is when a change of the zone is seen. */
  async function lookAgain(id: string) {
    totals?.dispose();
    totals = new SpendTotals(setup.testWindow.parts);
    await advance(MINUTE);
    const { today, week, days } = setup.testWindow.keyState(id).spend ?? {};
    return { today, week, days: days?.slice(-2) };
  }

  it('goes by the days of the new zone, whose readings it adds up again', async () => {
    const { testWindow, gateway } = setup;
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    await lookAgain(id);
    await advance(2 * HOUR);
    // A dollar at 23:01 in Tokyo, which is 14:01 in UTC, and two on the next day there, at 16:02 in UTC.
    gateway.spend('ok', { quota: 500_000 });
    await testWindow.refreshKey(id);
    await advance(2 * HOUR);
    gateway.spend('ok', { quota: 1_000_000 });
    await testWindow.refreshKey(id);
    await advance(8 * HOUR + 30 * MINUTE);
    const inTokyo = await lookAgain(id);
    assert.deepEqual(inTokyo, { today: 2, week: 3, days: [1, 2] });
    process.env.TZ = 'UTC';
    // Half an hour past midnight: all three dollars are yesterday's.
    const inUtc = await lookAgain(id);
    assert.deepEqual(inUtc, { today: 0, week: 3, days: [3, 0] });
    const afterwards = await lookAgain(id);
    assert.deepEqual(afterwards, inUtc, 'the zone stays');
    process.env.TZ = 'Asia/Tokyo';
    assert.deepEqual(await lookAgain(id), inTokyo);
  });
});

describe('since when a computer is in a time zone', () => {
  it('is not known of the first, and is kept for the last', async () => {
    const setup = await TestSetup.open({ scenarios: { ok: {} } });
    const { store } = setup.testWindow;
    const { maintenance } = store;
    const since = (zone: string, now: number) =>
      maintenance.zoneSince(zone) ?? store.transaction(() => maintenance.beginZone(zone, now));
    assert.deepEqual([since('A', DAY), since('A', 2 * DAY)], [0, 0]);
    assert.deepEqual([since('B', 3 * DAY), since('B', 4 * DAY)], [3 * DAY, 3 * DAY]);
    assert.deepEqual([since('A', 5 * DAY), since('A', 6 * DAY)], [5 * DAY, 5 * DAY]);
    await setup.close();
  });
});
