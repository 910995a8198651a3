import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { dayText } from '../../../../src/core/ledger/dayText.ts';
import { keySpendOf } from '../../../../src/core/ledger/keySpend.ts';
import { dayOf, startOfDay } from '../../../../src/core/ledger/localDays.ts';
import type { SpendRecord } from '../../../../src/core/ledger/spendRecord.ts';
import type { KeySpend } from '../../../../src/core/quota/keyState.ts';
import { knownSpendOf } from '../../../../src/services/ledger/knownSpendOf.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { isWholeOf } from '../../../../src/text/spend.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { answer, row, START, sum, takeIn, USD } from '../../support/ledgerSetup.ts';
import { type MadeUpReadings, madeUpReadings, record, spentWithin } from '../../support/madeUpReadings.ts';
import { DAY, HOUR, keyRecord, MINUTE, reading } from '../../support/samples.ts';
import { seededChance } from '../../support/seededChance.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const DOLLAR = 500_000;
const H = 3600;
const ZONES = ['UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York'];
const ROUNDING = 1e-5;

describe('what a key spent, where the gateway’s clock is hours off', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), START * 1000);
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** What is known now by our clock, which is ahead of the gateway's. */
  function spendAt(id: string, now: number, readAt: number, clockAheadMs: number): KeySpend | undefined {
    const [first, today] = [dayText(dayOf(now) - 40), dayText(dayOf(now))];
    const days = store.history.spendByDay(first, today).filter(({ keyId }) => keyId === id);
    const takenAt = new Date(readAt).toISOString();
    const taken = reading({ unit: USD.unit, takenAt, ...(clockAheadMs !== 0 && { clockAheadMs }) });
    return keySpendOf(knownSpendOf(store, id, taken, days, now), now);
  }
  /** Its midnight is that before `START`, and it is noon of that day by our clock. */
  function lookAtNoon(clockAheadMs: number) {
    const { today, week, days, complete } =
      spendAt('a', START * 1000 + 12 * HOUR, START * 1000 + 12 * HOUR, clockAheadMs) ?? {};
    return { today, week, days: days?.slice(-2), complete };
  }
  const addKey = () => store.keys.addKey(keyRecord('a', { fingerprint: 'f', createdAt: 0 }));

  it('sums of hours count on the day that they are of by our clock', () => {
    addKey();
    // Ours is three hours behind: our midnight is at 3:00 by the gateway's clock, and at 21:00 where it is ahead.
    const sums = [20, 22, 26, 28].map((hour, index) => sum((hour - 24) * H, H, 10 ** index * DOLLAR));
    takeIn(store, answer(-20 * 24 * H, 15 * H, sums, { source: 'hourlySums' }));
    assert.deepEqual(lookAtNoon(-3 * HOUR), { today: 1000, week: 1111, days: [111, 1000], complete: true });
    assert.deepEqual(lookAtNoon(3 * HOUR), { today: 1110, week: 1111, days: [1, 1110], complete: true });
  });

  it('an hour that our midnight divides is of neither day', () => {
    addKey();
    const sums = [1, 2, 3].map((hour, index) => sum(hour * H, H, 10 ** index * DOLLAR));
    takeIn(store, answer(-20 * 24 * H, 15 * H, sums, { source: 'hourlySums' }));
    // At 2:30 by the gateway's clock.
    const known = lookAtNoon(-2.5 * HOUR);
    assert.deepEqual(known, { today: 100, week: 111, days: [1, 100], complete: false });
  });

  it('so is a quarter of an hour of an account’s log, and a key’s log is divided by the second', () => {
    addKey();
    // Midnight is at 2:05 by the gateway's clock.
    const aheadMs = -2 * HOUR - 5 * MINUTE;
    const rows = [
      row(2 * H - 1, DOLLAR),
      row(2 * H + 240, 10 * DOLLAR),
      row(2 * H + 360, 100 * DOLLAR),
      row(3 * H, 1000 * DOLLAR),
    ];
    takeIn(store, answer(-20 * 24 * H, 15 * H, rows, { source: 'accountLog' }));
    assert.deepEqual(lookAtNoon(aheadMs), { today: 1000, week: 1111, days: [1, 1000], complete: false });
    takeIn(store, answer(-20 * 24 * H, 15 * H, rows));
    assert.deepEqual(lookAtNoon(aheadMs), { today: 1100, week: 1111, days: [11, 1100], complete: true });
  });

  /** What a gateway tells of made-up spend by the hour of its clock. */
  function hoursOf({ spent }: MadeUpReadings, from: number, to: number, aheadMs: number) {
    const second = (at: number) => Math.floor((at - aheadMs) / HOUR) * H - START;
    const inside = spent.filter(({ at }) => second(at) >= second(from) && second(at) < second(to));
    const hours = Map.groupBy(inside, ({ at }) => second(at));
    const records = [...hours].map(([at, all]): SpendRecord => {
      return sum(at, H, all.reduce((total, { amount }) => total + amount, 0) * DOLLAR);
    });
    return answer(second(from), second(to), records, { source: 'hourlySums' });
  }

  it('is at most what was spent, and no less where it is called whole', function () {
    this.timeout(120_000);
    const now = Date.UTC(2026, 2, 30, 9, 40);
    for (let seed = 9; seed <= 28; seed++) {
      const chance = seededChance(seed * 7919);
      process.env.TZ = ZONES[seed % ZONES.length];
      const aheadMs = Math.round((chance() - 0.5) * 12 * HOUR);
      const made = madeUpReadings(seed, now - 6 * DAY, now);
      const readAt = made.readAt.at(-1);
      if (readAt === undefined || made.readAt.length < 2) continue;
      const id = `seed-${seed}`;
      record(store, id, made);
      const toldUntil = now - Math.floor(chance() * 30) * HOUR;
      takeIn(store, hoursOf(made, now - 9 * DAY, toldUntil, aheadMs), { id, now });
      if (chance() < 0.3) takeIn(store, hoursOf(made, toldUntil + 5 * HOUR, now, aheadMs), { id, now });
      const known = spendAt(id, now, readAt, aheadMs);
      if (!known) continue;
      const isWhole = isWholeOf(known);
      const week = dayOf(now) - 6;
      for (const [amount, day] of [
        [known.today, dayOf(now)],
        [known.week, week],
      ] as const) {
        const midnight = startOfDay(day);
        const hidden = spentWithin(made, midnight - HOUR, midnight + HOUR);
        const truth = spentWithin(made, midnight, now);
        const what = `${id} ${process.env.TZ} ${aheadMs / HOUR}: ${amount} of ${truth}`;
        assert.ok(amount <= truth + hidden + ROUNDING, `${what} is too much`);
        const heard = spentWithin(made, midnight, Math.max(readAt, toldUntil - HOUR));
        if (isWhole(midnight)) assert.ok(amount >= heard - hidden - ROUNDING, `${what} is too little`);
      }
    }
  });
});
