import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, HOUR, LOG_ROW, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('how often a key is asked, by how its figures move', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let id: string;
  const storage = new MemorySecrets();
  const folder = tempFolder();

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);
  const checks = () => gateway.callsOf({ path: '/v1/dashboard/billing/usage' }).map(({ at }) => at);
  /** The minutes between the last checks. */
  const lastIntervals = (count: number) => {
    const times = checks().slice(-count - 1);
    return times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / MINUTE);
  };

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now });
    testWindow = new TestWindow({ clock, folder, storage });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  it('every nine minutes when nothing moved for half an hour, every five as soon as something does', async () => {
    await wait(2 * HOUR);
    assert.deepEqual(lastIntervals(3), [9, 9, 9]);
    gateway.spend('ok', LOG_ROW);
    await wait(10 * MINUTE);
    const seenAt = checks().at(-1) ?? 0;
    await wait(21 * MINUTE);
    assert.deepEqual(
      checks()
        .filter(at => at > seenAt)
        .map(at => (at - seenAt) / MINUTE),
      [5, 10, 15, 20],
    );
  });

  it('every twenty minutes when nothing moved for two days, also after a restart', async () => {
    await wait(2 * DAY);
    await testWindow.close();
    testWindow = new TestWindow({ clock, folder, storage });
    await testWindow.monitor.start();
    await wait(2 * HOUR);
    assert.deepEqual(lastIntervals(3), [20, 20, 20]);
    assert.equal(testWindow.keyState(id).status, 'ok');
  }).timeout(120_000);

  it('a pinned key every five minutes, whether it moves or not', async () => {
    testWindow.store.transaction(() => testWindow.store.keys.pinKey(id, true));
    await testWindow.monitor.reload();
    await wait(2 * HOUR);
    assert.deepEqual(lastIntervals(3), [5, 5, 5]);
  });
});
