import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { LedgerDay } from '../../../../src/core/ports/ledgerTable.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { answer, row, START, sum, takeIn, USD } from '../../support/ledgerSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { useStore } from '../../support/useStore.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('the ledger’s sums by local day', () => {
  useTimeZone('Asia/Kolkata');
  let store: SqliteStore;

  useStore(['a', 'b'], START * 1000, opened => {
    store = opened;
  });

  const byDay = (id?: string) => listed(store.ledger.spendByDay('2026-01-01', '2026-12-31', id));

  it('begin with the midnight of a zone with half hours', () => {
    // 18:29:59 and 18:30 of UTC.
    takeIn(store, answer(0, DAY, [row(18.5 * HOUR - 1, 1), row(18.5 * HOUR, 2)]));
    assert.deepEqual(byDay(), ['a 2026-06-15 keyLog m 1', 'a 2026-06-16 keyLog m 2']);
  });

  it('follow what is taken in again, and what is replaced', () => {
    takeIn(store, answer(0, DAY, [row(HOUR, 1), row(2 * HOUR, 2, 'n')]));
    takeIn(store, answer(0, DAY, [row(HOUR, 1), row(2 * HOUR, 4), row(20 * HOUR, 8)]));
    assert.deepEqual(byDay(), ['a 2026-06-15 keyLog m 5', 'a 2026-06-16 keyLog m 8']);
  });

  it('are of one key, or of all, between two days with both ends', () => {
    const far = (days: number) => row(days * DAY, 2 ** days);
    takeIn(store, answer(0, 9 * DAY, [far(0), far(1), far(2), far(3)]));
    takeIn(store, answer(0, 9 * DAY, [row(DAY, 100, 'n', 'ci')], { source: 'accountLog' }), { id: 'b' });
    const days = ['a 2026-06-16 keyLog m 2', 'a 2026-06-17 keyLog m 4'];
    assert.deepEqual(listed(store.ledger.spendByDay('2026-06-16', '2026-06-17', 'a')), days);
    const all = store.ledger.spendByDay('2026-06-16', '2026-06-17');
    assert.deepEqual(listed(all), [...days, 'b 2026-06-16 accountLog n 100']);
    assert.equal(all.find(({ keyId }) => keyId === 'b')?.keyName, 'ci');
    assert.deepEqual(store.ledger.spendByDay('2026-06-16', '2026-06-17', 'gone'), []);
  });

  it('tell what they are counted in, and nothing that was not told', () => {
    const untold = { ...row(HOUR, 3), promptTokens: undefined };
    takeIn(store, answer(0, DAY, [row(HOUR + 1000, 4), untold]));
    assert.deepEqual(store.ledger.spendByDay('2026-06-15', '2026-06-15'), [
      {
        keyId: 'a',
        day: '2026-06-15',
        source: 'keyLog',
        keyName: '',
        model: 'm',
        unit: { code: 'USD' },
        raw: 7,
        perUnit: 500_000,
        requests: 2,
        promptTokens: undefined,
        completionTokens: 2,
      },
    ]);
  });

  it('come in sums over several days', () => {
    takeIn(store, answer(0, 60 * DAY, [row(0, 1), row(15 * DAY, 2), row(20 * DAY, 4), row(46 * DAY, 8)]));
    takeIn(store, answer(0, 60 * DAY, [{ ...row(20 * DAY, 16), requests: undefined }]), { id: 'b' });
    const months = ['2026-06-01', '2026-07-01', '2026-08-01'];
    const sums = () => store.ledger.spendByPeriod(months, '2026-08-01');
    const expected = ['a 2026-06-01 keyLog m 3', 'a 2026-07-01 keyLog m 4', 'b 2026-07-01 keyLog m 16'];
    // On 31 July, which is before the end; then a last sum that is empty.
    const last = 'a 2026-07-01 keyLog m 12';
    assert.deepEqual(listed(sums()), [expected[0], last, expected[2]]);
    assert.deepEqual(listed(store.ledger.spendByPeriod(months.slice(0, 2), '2026-07-31')), expected);
    assert.deepEqual(listed(store.ledger.spendByPeriod(months, '2026-09-01', 'a')), [expected[0], last]);
    assert.deepEqual(listed(store.ledger.spendByPeriod(['2026-07-01'], '2026-08-01', 'a')), [last]);
    assert.equal(sums().find(({ keyId }) => keyId === 'b')?.requests, undefined);
    process.env.TZ = 'Europe/London';
    assert.deepEqual(listed(sums()), [expected[0], last, expected[2]]);
  });

  describe('where a gateway tells sums too', () => {
    const HOURLY = { source: 'hourlySums' } as const;
    const DAILY = { source: 'dailySums' } as const;

    it('count a sum on the day that has its middle', () => {
      takeIn(store, answer(0, 2 * DAY, [sum(18 * HOUR, HOUR, 1), sum(17 * HOUR, HOUR, 2)], HOURLY));
      assert.deepEqual(byDay(), ['a 2026-06-15 hourlySums m 2', 'a 2026-06-16 hourlySums m 1']);
    });

    it('count no moment twice, whichever comes first', () => {
      const log = answer(12 * HOUR, 2 * DAY, [row(13 * HOUR, 3), row(30 * HOUR, 4)]);
      const days = answer(0, 2 * DAY, [sum(0, DAY, 10), sum(DAY, DAY, 20)], DAILY);
      for (const id of ['a', 'b'])
        for (const told of id === 'a' ? [log, days] : [days, log]) takeIn(store, told, { id });
      const expected = ['2026-06-15 dailySums m 10', '2026-06-16 keyLog m 4'];
      assert.deepEqual(
        byDay('a'),
        expected.map(day => `a ${day}`),
      );
      assert.deepEqual(
        byDay('b'),
        expected.map(day => `b ${day}`),
      );
    });

    it('count the log when that has come to tell all of a sum’s time', () => {
      takeIn(store, answer(0, DAY, [sum(0, DAY, 10)], DAILY));
      takeIn(store, answer(12 * HOUR, DAY, [row(13 * HOUR, 3)], { source: 'accountLog' }));
      assert.deepEqual(byDay(), ['a 2026-06-15 dailySums m 10']);
      takeIn(store, answer(0, 12 * HOUR, [row(HOUR, 5)], { source: 'accountLog' }));
      assert.deepEqual(byDay(), ['a 2026-06-15 accountLog m 8']);
    });

    it('count the log on each day of a sum when the last of its time is known to have no rows', () => {
      takeIn(store, answer(0, DAY, [sum(0, DAY, 10)], DAILY));
      // At 19:00 of UTC it is the next day here already.
      const rows = [row(13 * HOUR, 3), row(19 * HOUR, 7)];
      takeIn(store, answer(6 * HOUR, DAY, rows, { source: 'accountLog' }));
      assert.deepEqual(byDay(), ['a 2026-06-15 dailySums m 10']);
      takeIn(store, answer(0, 6 * HOUR, [], { source: 'accountLog' }));
      assert.deepEqual(byDay(), ['a 2026-06-15 accountLog m 3', 'a 2026-06-16 accountLog m 7']);
    });

    it('count what the present secret’s gateway tells before what an earlier one did', () => {
      takeIn(store, answer(0, DAY, [sum(0, DAY, 10)], DAILY), { fingerprint: 'old' });
      takeIn(store, answer(0, DAY, [sum(0, DAY, 20)], DAILY));
      takeIn(store, answer(0, DAY, [sum(0, DAY, 30)], DAILY), { fingerprint: 'older' });
      assert.deepEqual(byDay(), ['a 2026-06-15 dailySums m 20']);
    });
  });

  it('count what two secrets spent in different parts of a quarter', () => {
    takeIn(store, answer(0, 1000, [row(950, 1)], { source: 'accountLog' }));
    store.transaction(() => store.keys.setFingerprint('a', 'g'));
    takeIn(store, answer(1200, 3000, [row(1500, 2)], { source: 'accountLog' }), { fingerprint: 'g' });
    assert.deepEqual(byDay(), ['a 2026-06-15 accountLog m 1', 'a 2026-06-15 accountLog m 2']);
  });

  it('count nothing of a log that a sum has, also where a clock that was put back took its coverage', () => {
    const at = (seconds: number) => ({ now: (START + seconds) * 1000 });
    takeIn(store, answer(0, 2000, [row(1000, 1)]), at(2000));
    takeIn(store, answer(1001, 6000, [row(5000, 2)]), at(6000));
    takeIn(store, answer(1, 500, [row(100, 4)]), at(6500));
    assert.deepEqual(
      store.ledger.coverageOf('a').map(({ to }) => to / 1000 - START),
      [500],
    );
    takeIn(store, answer(0, HOUR, [sum(0, HOUR, 8)], { source: 'hourlySums' }), at(7000));
    assert.deepEqual(byDay(), ['a 2026-06-15 hourlySums m 8', 'a 2026-06-15 keyLog m 2']);
  });

  describe('when the time zone changes', () => {
    beforeEach(() => {
      takeIn(store, answer(0, DAY, [row(HOUR, 1), row(19 * HOUR, 2), row(23.5 * HOUR, 4)]));
      takeIn(store, answer(0, DAY, [row(HOUR, 8)]), { id: 'b' });
    });

    it('are right at once, are rebuilt key by key, and are the same then', () => {
      assert.deepEqual(store.ledger.keysToRebuild(), []);
      process.env.TZ = 'Europe/Berlin';
      const expected = ['a 2026-06-15 keyLog m 3', 'a 2026-06-16 keyLog m 4', 'b 2026-06-15 keyLog m 8'];
      assert.deepEqual(byDay(), expected);
      assert.deepEqual(store.ledger.keysToRebuild(), ['a', 'b']);
      store.transaction(() => store.ledger.rebuildDays('a'));
      assert.deepEqual(store.ledger.keysToRebuild(), ['b']);
      assert.deepEqual(byDay(), expected);
      store.transaction(() => store.ledger.rebuildDays('b'));
      assert.deepEqual([store.ledger.keysToRebuild(), byDay()], [[], expected]);
    });

    it('stay right when something is taken in before they are rebuilt, and when the zone comes back', () => {
      process.env.TZ = 'Europe/Berlin';
      takeIn(
        store,
        answer(10, 2 * DAY, [row(HOUR, 1), row(19 * HOUR, 2), row(23.5 * HOUR, 4), row(23.5 * HOUR, 16)]),
      );
      assert.deepEqual(byDay('a'), ['a 2026-06-15 keyLog m 3', 'a 2026-06-16 keyLog m 20']);
      process.env.TZ = 'Asia/Kolkata';
      assert.deepEqual(byDay('a'), ['a 2026-06-15 keyLog m 1', 'a 2026-06-16 keyLog m 22']);
    });
  });

  it('are gone with a key’s ledger, and those of other keys are not', () => {
    for (const id of ['a', 'b']) takeIn(store, answer(0, DAY, [row(HOUR, 1, id)]), { id });
    store.transaction(() => store.ledger.eraseKey('a'));
    assert.deepEqual(byDay(), ['b 2026-06-15 keyLog b 1']);
    assert.deepEqual(store.ledger.coverageOf('a'), []);
    assert.equal(store.ledger.progressOf('a', 'keyLog'), undefined);
    store.transaction(() => store.keys.removeKey('b'));
    assert.deepEqual(byDay(), []);
  });

  it('are right in days of 23 and 25 hours', () => {
    process.env.TZ = 'America/New_York';
    const march = Date.UTC(2026, 2, 8, 5) / 1000 - START;
    const november = Date.UTC(2026, 10, 1, 4) / 1000 - START;
    const rows = [
      ...[-1, 0, 23 * HOUR - 1, 23 * HOUR].map((second, index) => row(march + second, 2 ** index)),
      ...[-1, 0, 25 * HOUR - 1, 25 * HOUR].map((second, index) => row(november + second, 2 ** index)),
    ];
    takeIn(store, {
      ...answer(0, 400 * DAY, rows),
      complete: { from: 0, to: START + 400 * DAY },
      scale: USD,
    });
    assert.deepEqual(byDay(), [
      'a 2026-03-07 keyLog m 1',
      'a 2026-03-08 keyLog m 6',
      'a 2026-03-09 keyLog m 8',
      'a 2026-10-31 keyLog m 1',
      'a 2026-11-01 keyLog m 6',
      'a 2026-11-02 keyLog m 8',
    ]);
  });
});

/** Days as lines, in order: key, day, source, model, raw amount. */
function listed(days: readonly LedgerDay[]): string[] {
  return days.map(({ keyId, day, source, model, raw }) => [keyId, day, source, model, raw].join(' ')).sort();
}
