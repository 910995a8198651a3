import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { SharedMachine } from '../../support/sharedMachine.ts';
import { churnWindows } from '../../support/windowChurn.ts';

const KEYS = 30;
/** Long enough for every key to have its turn twice. */
const LASTS_MS = 3 * HOUR;

describe('thirty keys on one New API origin with its real limits, while windows open, close and die', () => {
  let machine: SharedMachine;

  afterEach(async () => {
    await machine.close();
    removeTempFolders();
  });

  async function live(mostWindows: number, everyMs: number) {
    // Billing tells the account's figures, so that each check is one of twenty calls in twenty minutes.
    const gateway = { settings: { displayTokenStat: false } };
    machine = await SharedMachine.open({ folder: tempFolder(), keys: KEYS, gateway });
    const start = machine.clock.now();
    const counts = await churnWindows(machine, {
      lastsMs: LASTS_MS,
      maxWindows: mostWindows,
      averageIntervalMs: everyMs,
    });
    return { counts, gaps: Array.from({ length: KEYS }, (_, at) => machine.longestGap(`key-${at}`, start)) };
  }

  it('no answer is 429, and every key is read in time, in as many calls as one window makes', async function () {
    this.timeout(120_000);
    await live(1, Number.POSITIVE_INFINITY);
    const alone = machine.gateway.calls.length;
    await machine.close();

    const { counts, gaps } = await live(5, 10 * MINUTE);
    const { calls } = machine.gateway;
    assert.deepEqual(
      calls.filter(({ status }) => status === 429),
      [],
    );
    const [pinned = Number.NaN, ...others] = gaps;
    assert.ok(pinned <= 10 * MINUTE, `pinned: ${pinned / MINUTE} min`);
    assert.ok(Math.max(...others) <= 90 * MINUTE, `others: ${Math.max(...others) / MINUTE} min`);
    assert.ok(Math.abs(calls.length - alone) <= 0.02 * alone, `${calls.length} calls, one window ${alone}`);
    // Without deaths in the middle of a question nothing was put to the test.
    assert.ok(counts.crashedAfterRequest > 0 && counts.closed > 0, JSON.stringify(counts));
  });
});
