import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = { path: '/api/usage/token/' };
const HANDLES = Array.from({ length: 30 }, (_, index) => `key-${index}`);
const DAY_RANGE = { from: Date.UTC(2026, 5, 14), to: Date.UTC(2026, 5, 15) };

describe('what a person asks while polls use up the request budget', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let ids: string[];

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);
  const checksOf = (handle: string) => gateway.callsOf({ ...USAGE, key: handle }).map(({ at }) => at);

  /** Asks for the range of a key. Returns until when it has to wait; undefined when it was answered. */
  async function askRange(id: string): Promise<number | undefined> {
    const key = testWindow.store.keys.findKey(id) ?? assert.fail();
    try {
      await testWindow.keyRequests.run(key, 'rangeByKey', async (kind, context) =>
        kind.readUsage?.(context, DAY_RANGE),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      assert.equal(error.failure.reason, 'own-budget');
      return error.failure.until;
    }
  }

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({
      version: 'v0.12.7',
      clock: clock.now,
      limits: 'real',
      scenarios: Object.fromEntries(HANDLES.map(handle => [handle, {}])),
    });
    // Without billing each check counts against the limiter of twenty calls in twenty minutes.
    for (const path of ['/v1/dashboard/billing/subscription', '/dashboard/billing/subscription'])
      gateway.setReply(`GET ${path}`, { status: 404, body: 'not here' });
    testWindow = new TestWindow({ clock });
    await testWindow.monitor.start();
    ids = [];
    for (const handle of HANDLES) ids.push(await testWindow.addKey(gateway, handle));
    // By then as many calls are used as are ours, and polls take each that gets free.
    await wait(3 * HOUR);
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  it('a range gets the first call that is free, before overdue polls', async () => {
    const [id = ''] = ids;
    const until = (await askRange(id)) ?? assert.fail('there was room');
    await wait(until - clock.now());
    assert.equal(await askRange(id), undefined);
    assert.equal(testWindow.store.waiting.countWaiting(gateway.origin, 'scarce', clock.now()), 0);
  });

  it('a range that nobody waits for any more leaves the call to polls', async () => {
    const [id = ''] = ids;
    const until = (await askRange(id)) ?? assert.fail('there was room');
    testWindow.keyRequests.stopWaiting([id], 'question');
    const before = gateway.callsOf(USAGE).length;
    await wait(until - clock.now() + MINUTE);
    assert.ok(gateway.callsOf(USAGE).length > before);
  });

  it('a range that was forgotten holds polls up for two minutes, and no longer', async () => {
    const [id = ''] = ids;
    const until = (await askRange(id)) ?? assert.fail('there was room');
    await wait(until - clock.now() + 2 * MINUTE - 1000);
    const before = gateway.callsOf(USAGE).length;
    await wait(2 * MINUTE);
    assert.ok(gateway.callsOf(USAGE).length > before);
  });

  it('a refresh of a key is made as soon as there is room, before keys that are due for longer', async () => {
    // The key that was asked last has its turn in an hour.
    const last = HANDLES.toSorted((a, b) => (checksOf(b).at(-1) ?? 0) - (checksOf(a).at(-1) ?? 0))[0] ?? '';
    const id = ids[HANDLES.indexOf(last)] ?? '';
    for (const other of ids.filter(each => each !== id))
      testWindow.store.states.setDue(other, clock.now() - HOUR);
    await testWindow.monitor.reload();
    const { held } = await testWindow.monitor.refresh([id]);
    const until = held.get(id) ?? assert.fail('there was room');
    assert.equal(testWindow.keyState(id).nextCheckAt, new Date(until).toISOString());
    const before = checksOf(last).length;
    await wait(until - clock.now() + 5000);
    assert.equal(checksOf(last).length, before + 1);
  });

  it('a refresh of all keys asks each once within the hour, and no key a second time before', async () => {
    const before = HANDLES.map(handle => checksOf(handle).length);
    await testWindow.monitor.refresh();
    await wait(HOUR);
    const calls = HANDLES.map((handle, index) => checksOf(handle).length - (before[index] ?? 0));
    assert.deepEqual(new Set(calls), new Set([1]), calls.join());
  });
});
