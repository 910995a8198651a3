import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Store } from '../../../src/core/ports/store.ts';
import { Housekeeping } from '../../../src/services/housekeeping.ts';
import { ManualClock } from '../support/manualClock.ts';
import { DAY, HOUR, MINUTE } from '../support/samples.ts';
import { storeKeys } from '../support/storedKeys.ts';
import { SETTINGS, TestWindow } from '../support/testWindow.ts';

/** A full hour by the local clock, by which hours and days are told apart. */
const START = new Date(2026, 0, 10, 12).getTime();
const UNIT = { code: 'USD', source: 'gateway' } as const;
const KEY = 'key';

describe('the history of a key', () => {
  let clock: ManualClock;
  let testWindow: TestWindow;
  let store: Store;

  beforeEach(async () => {
    clock = new ManualClock(START);
    testWindow = new TestWindow({ clock });
    store = testWindow.store;
    await storeKeys(testWindow, [{ id: KEY, handle: 'ok', origin: 'https://gw.example' }], START);
  });

  afterEach(() => testWindow.close());

  const append = (ms: number, used: number) =>
    store.transaction(() => store.history.appendReading(KEY, UNIT, { at: START + ms, used }, START + ms));

  /** Minutes from the start, the last figure, and what was spent. */
  const rows = () =>
    store.history
      .historyRows(KEY, 0, Number.MAX_SAFE_INTEGER)
      .map(({ from, to, used, spent }) => [(from - START) / MINUTE, (to - START) / MINUTE, used, spent]);

  const days = () =>
    store.history.spendByDay('2026-01-01', '2027-12-31').map(({ day, spent }) => `${day} ${spent}`);

  /** Lets a window be open for half an hour, so long after the start. */
  async function keepHouse(ms: number, ledgerDays?: number): Promise<void> {
    clock.jump(START + ms - clock.now());
    const warnings: string[] = [];
    const log = { warn: (line: string) => warnings.push(line) };
    const settings = () => ({ ...SETTINGS, retention: { ...SETTINGS.retention, ledgerDays } });
    const housekeeping = new Housekeeping({ store, clock, settings, log });
    await clock.advance(30 * MINUTE);
    housekeeping.dispose();
    assert.deepEqual(warnings, []);
  }

  /** A dime every five minutes for two hours, from 12:00 to 13:55. */
  function twoHours(): void {
    for (let step = 0; step < 24; step++) append(step * 5 * MINUTE, step / 10);
  }

  it('has equal readings as one, with the first and the last time', () => {
    for (const [minute, used] of [
      [0, 5],
      [5, 5],
      [10, 5],
      [15, 6],
    ] as const)
      append(minute * MINUTE, used);
    assert.deepEqual(rows(), [
      [0, 10, 5, 0],
      [15, 15, 6, 1],
    ]);
    assert.deepEqual(days(), ['2026-01-10 1']);
  });

  it('is left as it is for thirty days', async () => {
    twoHours();
    await keepHouse(29 * DAY);
    assert.equal(rows().length, 24);
  });

  it('is one reading an hour after that, and all that was spent is still in it', async () => {
    twoHours();
    append(31 * DAY, 2.3);
    append(31 * DAY + 5 * MINUTE, 2.5);
    await keepHouse(31 * DAY + HOUR);
    const young = 31 * 24 * 60;
    assert.deepEqual(rows(), [
      [0, 55, 1.1, 1.1],
      [60, young, 2.3, 1.2],
      [young + 5, young + 5, 2.5, 0.2],
    ]);
    assert.deepEqual(days(), ['2026-01-10 2.3', '2026-02-10 0.2']);
  });

  it('is one reading a day after a year', async () => {
    twoHours();
    await keepHouse(31 * DAY);
    await keepHouse(370 * DAY);
    assert.deepEqual(rows(), [[0, 115, 2.3, 2.3]]);
    assert.deepEqual(days(), ['2026-01-10 2.3']);
  });

  it('is tidied by one window a day', async () => {
    twoHours();
    await keepHouse(29.9 * DAY);
    await keepHouse(30.5 * DAY);
    assert.equal(rows().length, 24);
    await keepHouse(31 * DAY);
    assert.equal(rows().length, 2);
  });

  it('can be erased, and starts over', () => {
    twoHours();
    store.transaction(() => store.history.eraseKey(KEY));
    assert.deepEqual([rows(), days()], [[], []]);
    append(3 * HOUR, 7);
    assert.deepEqual(rows(), [[180, 180, 7, 0]]);
  });

  /** Takes in a row of each of so many quarters of an hour from the start on, of two models in turn. */
  function tell(quarters: number): void {
    const from = START / 1000;
    const records = Array.from({ length: quarters }, (_, index) => ({
      ...{ at: from + index * 900, keyName: '', model: `m${index % 2}`, raw: 1 },
      ...{ requests: 1, promptTokens: 1, completionTokens: 1 },
    }));
    const complete = { from, to: from + quarters * 900 };
    const told = {
      source: 'keyLog',
      scale: { unit: UNIT, perUnit: 1 },
      records,
      complete,
      unreadable: 0,
    } as const;
    store.transaction(() => store.ledger.takeIn(KEY, KEY, told, clock.now()));
  }

  const told = () => store.ledger.cellsOf(KEY, 'keyLog', { from: 0, to: Number.MAX_SAFE_INTEGER }).length;

  it('keeps what gateways told for as long as a person wants, however much that is', async () => {
    // More than are deleted at once.
    tell(50 * 96 + 8);
    await keepHouse(91 * DAY, 40);
    assert.equal(told(), 0);
    tell(96);
    await keepHouse(93 * DAY);
    assert.equal(told(), 96);
  });

  it('keeps what gateways told within that time', async () => {
    tell(96);
    // From half a day after the start on, but for the quarter that has begun.
    await keepHouse(40 * DAY + 12 * HOUR - 5 * MINUTE, 40);
    assert.equal(told(), 48);
  });

  it('has sums by day of the zone that the machine is in now', async () => {
    const zone = process.env.TZ;
    // More than are made in one step.
    tell(50 * 96);
    await keepHouse(HOUR);
    try {
      process.env.TZ = zone === 'Asia/Kathmandu' ? 'UTC' : 'Asia/Kathmandu';
      assert.deepEqual(store.ledger.keysToRebuild(), [KEY]);
      // The daily run has been made; this is not part of it.
      await keepHouse(2 * HOUR, 40);
      assert.deepEqual(store.ledger.keysToRebuild(), []);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
