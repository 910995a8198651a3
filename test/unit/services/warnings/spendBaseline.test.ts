import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Store } from '../../../../src/core/ports/store.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Unit } from '../../../../src/core/quota/unit.ts';
import { SpendBaseline } from '../../../../src/services/warnings/spendBaseline.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { DAY, HOUR, keyState, NOW, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
const CNY: Unit = { code: 'CNY', source: 'gateway' };
/** Today's midnight; it is noon now. */
const MIDNIGHT = NOW - 12 * HOUR;

describe('keys that spent far more today than on ordinary days', () => {
  useTimeZone('UTC');
  let store: SqliteStore;
  /** What was used up to now, by key. */
  let used: Map<string, number>;

  beforeEach(() => {
    used = new Map();
    store = new SqliteStore(tempFolder(), MIDNIGHT - 30 * DAY);
    for (const id of ['a', 'b']) addKey(id);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  function addKey(id: string): void {
    const { label, kind, origin: baseUrl, credential } = keyState();
    const key = {
      id,
      label,
      kind,
      baseUrl,
      credential,
      fingerprint: 'f',
      pinned: false,
      createdAt: MIDNIGHT,
    };
    store.transaction(() => store.keys.addKey(key));
  }

  /** Reads a key so many hours after today's midnight; `spent` is what it spent since it was read before. */
  function look(id: string, hours: number, spent = 0, fingerprint = 'f'): void {
    const at = MIDNIGHT + hours * HOUR;
    const amount = (used.get(id) ?? 0) + spent;
    used.set(id, amount);
    const counter = { perUnit: 1, source: 'quota used', fingerprint };
    store.transaction(() => store.history.appendReading(id, USD, { at, used: amount, counter }, at));
  }

  /** Days before today, yesterday first: each was watched from eight to six, with what was spent by then. */
  function daysBefore(id: string, ...spends: readonly number[]): void {
    for (const [index, spent] of [...spends.entries()].toReversed()) {
      const midnight = -24 * (index + 1);
      look(id, midnight + 8);
      look(id, midnight + 18, spent);
    }
  }

  const of = (id: string, unit = USD): KeyState => keyState({ id, reading: reading({ unit }) });
  const figures = (keys = [of('a')], now = NOW, factor = 3) =>
    Object.fromEntries(new SpendBaseline(store).spendFigures(keys, factor, now));

  it('are those with at least so many times the usual spend, with both figures', () => {
    daysBefore('a', 2, 1, 3, 2, 2);
    daysBefore('b', 2, 1, 3, 2, 2);
    for (const [id, spent] of [
      ['a', 6],
      ['b', 5.99],
    ] as const) {
      look(id, 8);
      look(id, 12, spent);
    }
    assert.deepEqual(figures([of('a'), of('b')]), { a: { today: 6, normal: 2 } });
  });

  it('are not those that spent nothing today, though nothing is usual', () => {
    daysBefore('a', 0, 0, 0, 0, 0);
    look('a', 8);
    look('a', 10);
    assert.deepEqual(figures(), {});
    look('a', 12, 1);
    assert.deepEqual(figures(), { a: { today: 1, normal: 0 } });
  });

  it('are not those without a usual day', () => {
    daysBefore('a', 2, 2, 2, 2);
    look('a', 8);
    look('a', 12, 50);
    assert.deepEqual(figures(), {});
  });

  it('are not those whose figures are in another unit, or not known', () => {
    daysBefore('a', 2, 2, 2, 2, 2);
    look('a', 8);
    look('a', 12, 50);
    assert.deepEqual(figures([of('a', CNY)]), {});
    assert.deepEqual(figures([keyState({ id: 'a', reading: undefined })]), {});
  });

  describe('whose secret was replaced', () => {
    it('have no usual day by the days of the secret before', () => {
      daysBefore('a', 2, 2, 2, 2, 2);
      look('a', 8);
      look('a', 9, 50);
      look('a', 10, 0, 'g');
      look('a', 12, 7, 'g');
      assert.deepEqual(figures(), {});
    });

    it('spent today what they spent with the present secret', () => {
      daysBefore('a', 2, 2, 2, 2, 2);
      look('a', 7, 0, 'g');
      look('a', 8, 50, 'g');
      look('a', 9);
      look('a', 10, 5.99);
      assert.deepEqual(figures(), {});
      look('a', 12, 0.01);
      assert.deepEqual(figures(), { a: { today: 6, normal: 2 } });
    });
  });

  it('spent today nothing of what came after a night without readings, which may all be of yesterday', () => {
    daysBefore('a', 2, 2, 2, 2, 2);
    look('a', 8, 9);
    look('a', 12, 1);
    assert.deepEqual(figures(), { a: { today: 1, normal: 2 } });
  });

  it('are found again with each day', () => {
    daysBefore('a', 2, 2, 2, 2);
    look('a', 8);
    look('a', 12, 6);
    const baseline = new SpendBaseline(store);
    assert.equal(baseline.spendFigures([of('a')], 3, NOW).size, 0, 'four days are no baseline');
    look('a', 24 + 8);
    look('a', 24 + 12, 8);
    assert.deepEqual(baseline.spendFigures([of('a')], 3, NOW + DAY).get('a'), { today: 8, normal: 2 });
  });

  it('are found by the days before, which are read once a day', () => {
    daysBefore('a', 2, 2, 2, 2, 2);
    look('a', 8);
    look('a', 12, 6);
    const spans: string[] = [];
    const { history } = store;
    const counting = {
      history: {
        currentSeries: () => history.currentSeries(),
        historyRows: (...asked: Parameters<typeof history.historyRows>) => history.historyRows(...asked),
        spendByDay: (from: string, to: string) => {
          spans.push(`${from} to ${to}`);
          return history.spendByDay(from, to);
        },
      },
    } as unknown as Store;
    const baseline = new SpendBaseline(counting);
    const today = '2026-06-15 to 2026-06-15';
    assert.equal(baseline.spendFigures([of('a')], 3, NOW).size, 1);
    assert.deepEqual(spans, ['2026-06-01 to 2026-06-15', today]);
    addKey('c');
    look('c', 12);
    look('c', 13, 5);
    assert.equal(baseline.spendFigures([of('a'), of('c')], 3, NOW + HOUR).size, 1, 'and none of a new key');
    assert.deepEqual(spans.slice(2), [today]);
  });
});
