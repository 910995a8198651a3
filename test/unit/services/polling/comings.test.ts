import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { comeAndGo } from '../../support/comings.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { House } from '../../support/house.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';

const KEYS = 30;
/** Long enough for every key to have its turn twice. */
const LASTS_MS = 3 * HOUR;

describe('thirty keys on one New API origin with its real limits, while windows open, close and die', () => {
  let house: House;

  afterEach(async () => {
    await house.close();
    removeTempFolders();
  });

  async function live(mostWindows: number, everyMs: number) {
    house = await House.open({ folder: tempFolder(), keys: KEYS });
    const start = house.clock.now();
    const comings = await comeAndGo(house, { lastsMs: LASTS_MS, mostWindows, everyMs });
    return { comings, gaps: Array.from({ length: KEYS }, (_, at) => house.longestGap(`key-${at}`, start)) };
  }

  it('no answer is 429, and every key is read in time, in as many calls as one window makes', async function () {
    this.timeout(60_000);
    await live(1, Number.POSITIVE_INFINITY);
    const alone = house.gateway.calls.length;
    await house.close();

    const { comings, gaps } = await live(5, 10 * MINUTE);
    const { calls } = house.gateway;
    assert.deepEqual(
      calls.filter(({ status }) => status === 429),
      [],
    );
    const [pinned = Number.NaN, ...others] = gaps;
    assert.ok(pinned <= 10 * MINUTE, `pinned: ${pinned / MINUTE} min`);
    assert.ok(Math.max(...others) <= 90 * MINUTE, `others: ${Math.max(...others) / MINUTE} min`);
    assert.ok(Math.abs(calls.length - alone) <= 0.02 * alone, `${calls.length} calls, one window ${alone}`);
    // Without deaths in the middle of a question nothing was put to the test.
    assert.ok(comings.diedAsking > 0 && comings.closed > 0, JSON.stringify(comings));
  });
});
