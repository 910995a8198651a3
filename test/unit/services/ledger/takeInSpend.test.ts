import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { SpendRecord } from '../../../../src/core/ledger/spendRecord.ts';
import { takeInSpend } from '../../../../src/services/ledger/takeInSpend.ts';
import { row, START, sum, USD } from '../../support/ledgerSetup.ts';
import { NOW, reading } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** It is noon of 15 June 2026, which began with `START`. */
describe('an answer about spend', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  afterEach(() => setup.close());

  async function open(): Promise<Parameters<typeof takeInSpend>[1]> {
    setup = await TestSetup.open({ scenarios: { ok: {} } });
    return setup.add(setup.key('ok'));
  }

  const { from: start, to: end } = { from: START, to: START + DAY };
  const tell = (
    key: Parameters<typeof takeInSpend>[1],
    source: 'keyLog' | 'dailySums' | 'hourlySums' | 'rangeSums',
    records: readonly SpendRecord[],
    complete = { from: start, to: end },
  ) =>
    takeInSpend(
      setup.testWindow.store,
      key,
      [{ source, scale: USD, records, complete, unreadable: 0 }],
      setup.clock.now(),
    );
  const covered = (id: string) =>
    setup.testWindow.store.ledger
      .coverageOf(id)
      .map(({ from, to }) => [from / 1000 - START, to / 1000 - START]);
  const told = (id: string) => setup.testWindow.store.ledger.spendByDay('2026-06-01', '2026-06-30', id);

  it('is dropped of a key whose history is erased while it is taken in', async () => {
    const key = await open();
    const { store } = setup.testWindow;
    const taken = tell(key, 'hourlySums', [sum(0, HOUR, 1)]);
    store.transaction(() => store.logTries.takeOnlySince(key.id, NOW));
    assert.deepEqual([await taken, covered(key.id)], [false, []]);
  });

  it('of a whole log is of all time, also where the gateway’s clock is ahead', async () => {
    const key = await open();
    const { store } = setup.testWindow;
    const state = store.states.stateOf(key.id);
    const reading = state?.reading && { ...state.reading, clockAheadMs: -5 * 60_000 };
    store.transaction(() => store.states.saveState({ keyId: key.id, failures: 0, ...state, reading }));
    await tell(key, 'keyLog', [row(0, 1)], { from: 0, to: end });
    assert.deepEqual(covered(key.id), [[-START, DAY]]);
  });

  it('is nothing taken in where nothing was told', async () => {
    const key = await open();
    assert.equal(await takeInSpend(setup.testWindow.store, key, [], setup.clock.now()), false);
    assert.equal(await tell(key, 'keyLog', []), true);
  });

  it('leaves out the holes that it names', async () => {
    const key = await open();
    const [complete, hole] = [
      { from: start, to: end },
      { from: start + HOUR, to: start + 2 * HOUR },
    ];
    const log = {
      source: 'keyLog',
      scale: USD,
      records: [row(0, 1)],
      complete,
      holes: [hole],
      unreadable: 1,
    } as const;
    await takeInSpend(setup.testWindow.store, key, [log], setup.clock.now());
    assert.deepEqual(covered(key.id), [
      [0, HOUR],
      [2 * HOUR, DAY],
    ]);
  });

  describe('told after a reading', () => {
    /** What the counter stood at when the answer came, of a key that was read at noon by our clock with $2 used. */
    async function usedRaw(
      aheadMs: number,
      source: 'keyLog' | 'hourlySums',
      records: readonly SpendRecord[],
    ) {
      const key = await open();
      const { store } = setup.testWindow;
      const state = store.states.stateOf(key.id);
      const taken = state?.reading ?? reading();
      const used = { ...taken, unit: USD.unit, quota: { unlimited: false, used: 2, remaining: 8 } };
      const read = { ...used, takenAt: new Date(NOW).toISOString(), clockAheadMs: aheadMs };
      store.transaction(() =>
        store.states.saveState({ keyId: key.id, failures: 0, dueAt: NOW, ...state, reading: read }),
      );
      await tell(key, source, records);
      return store.ledger.progressOf(key.id, source)?.usedRaw;
    }
    const NOON = 12 * HOUR;

    it('has the counter stand higher by the rows since', async () => {
      const rows = [row(NOON - 1, 500), row(NOON, 70), row(NOON + 1, 3), row(NOON + 60, 4)];
      assert.equal(await usedRaw(0, 'keyLog', rows), 1_000_007);
    });

    it('goes by the gateway’s clock', async () => {
      const rows = [row(NOON - 1200, 500), row(NOON - 1199, 3), row(NOON + 60, 4)];
      assert.equal(await usedRaw(20 * 60_000, 'keyLog', rows), 1_000_007);
    });

    it('adds no sums, which tell of no moment', async () => {
      assert.equal(await usedRaw(0, 'hourlySums', [sum(NOON + HOUR, HOUR, 3)]), 1_000_000);
    });
  });

  describe('of a time in which readings show spend', () => {
    async function read() {
      const key = await open();
      const { store } = setup.testWindow;
      for (const [hour, used] of [
        [1, 0],
        [2, 1],
      ] as const) {
        const at = (START + hour * HOUR) * 1000;
        store.transaction(() => store.history.appendReading(key.id, USD.unit, { at, used }, at));
      }
      return key;
    }

    it('is known of none of it where it has no spend at all', async () => {
      const key = await read();
      await tell(key, 'keyLog', []);
      assert.deepEqual(covered(key.id), []);
    });

    it('is known of all of it where it has that spend', async () => {
      const key = await read();
      await tell(key, 'keyLog', [row(1.5 * HOUR, 500_000)]);
      assert.deepEqual(covered(key.id), [[0, DAY]]);
    });
  });

  describe('of a key whose history was erased at noon', () => {
    async function erased() {
      const key = await open();
      const { store } = setup.testWindow;
      store.transaction(() => store.logTries.takeOnlySince(key.id, NOW));
      return key;
    }

    it('is taken in from noon on', async () => {
      const key = await erased();
      await tell(key, 'keyLog', [row(11 * HOUR, 1), row(13 * HOUR, 2)]);
      assert.deepEqual(covered(key.id), [[12 * HOUR, DAY]]);
      assert.deepEqual(
        told(key.id).map(({ raw }) => raw),
        [2],
      );
    });

    it('is not taken in where all of it is of before', async () => {
      const key = await erased();
      await tell(key, 'keyLog', [row(HOUR, 1)], { from: start, to: start + 6 * HOUR });
      assert.deepEqual([covered(key.id), told(key.id)], [[], []]);
    });

    it('is taken in from then on by the gateway’s clock', async () => {
      const key = await erased();
      const { store } = setup.testWindow;
      const state = store.states.stateOf(key.id);
      const reading = state?.reading && { ...state.reading, clockAheadMs: 5 * 60_000 };
      store.transaction(() => store.states.saveState({ keyId: key.id, failures: 0, ...state, reading }));
      await tell(key, 'keyLog', [row(11.9 * HOUR, 1), row(12 * HOUR - 240, 2)]);
      // It was five to twelve there.
      assert.deepEqual(covered(key.id), [[12 * HOUR - 300, DAY]]);
      assert.deepEqual(
        told(key.id).map(({ raw }) => raw),
        [2],
      );
    });

    it('is known from the next sum on where one is of before and after noon', async () => {
      const key = await erased();
      await tell(key, 'hourlySums', [sum(11.5 * HOUR, HOUR, 1), sum(12.5 * HOUR, HOUR, 2)]);
      assert.deepEqual(covered(key.id), [[12.5 * HOUR, DAY]]);
    });

    it('is not known of that day where its sum is of the whole day', async () => {
      const key = await erased();
      const two = { from: start, to: end + DAY };
      await tell(key, 'dailySums', [sum(0, DAY, 1), sum(DAY, DAY, 2)], two);
      assert.deepEqual(covered(key.id), [[DAY, 2 * DAY]]);
      assert.deepEqual(
        told(key.id).map(({ day, raw }) => [day, raw]),
        [['2026-06-16', 2]],
      );
    });

    it('is not known where it is one sum of before and after', async () => {
      const key = await erased();
      await tell(key, 'rangeSums', [sum(0, DAY, 1)]);
      assert.deepEqual(covered(key.id), []);
    });
  });
});
