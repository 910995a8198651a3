import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR, LOG_ROW, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = { path: '/api/usage/token/' };
const HANDLES = Array.from({ length: 10 }, (_, index) => `key-${index}`);

describe('keys that are read at ten calls in twenty minutes', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let start: number;
  const testWindows: TestWindow[] = [];

  const wait = (ms: number) => advanceWindows(ms, clock, ...testWindows);
  /** The minutes of all calls, or of those for one key. */
  const minutes = (key?: string) => gateway.callsOf({ ...USAGE, key }).map(({ at }) => (at - start) / MINUTE);
  const distances = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? 0));

  beforeEach(async () => {
    clock = new ManualClock();
    start = clock.now();
    gateway = await startSampleGateway({
      version: 'v0.12.7',
      clock: clock.now,
      limits: 'real',
      scenarios: Object.fromEntries(HANDLES.map(handle => [handle, {}])),
    });
    for (const path of ['/v1/dashboard/billing/subscription', '/dashboard/billing/subscription'])
      gateway.setReply(`GET ${path}`, { status: 404, body: 'not here' });
  });

  afterEach(async () => {
    for (const testWindow of testWindows.splice(0)) await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  /** Windows of one machine; the person is at the first, or at none. */
  async function open(count: number, focused: boolean): Promise<TestWindow> {
    const shared = { clock, folder: tempFolder(), storage: new MemorySecrets() };
    for (let index = 0; index < count; index++)
      testWindows.push(new TestWindow({ ...shared, focused: focused && index === 0 }));
    for (const testWindow of testWindows) await testWindow.monitor.start();
    return testWindows[0] ?? assert.fail();
  }

  async function addKeys(testWindow: TestWindow, handles: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const handle of handles) ids.push(await testWindow.addKey(gateway, handle));
    return ids;
  }

  it('are not asked all together: three at once, then one every two minutes, for ever', async () => {
    const testWindow = await open(1, true);
    await addKeys(testWindow, HANDLES);
    await wait(2 * HOUR);
    assert.deepEqual(minutes().slice(0, 10), [0, 0, 0, 2, 4, 6, 8, 10, 12, 18]);
    assert.deepEqual(new Set(distances(minutes().slice(9))), new Set([2]));
    const after = (key: string) => minutes(key).filter(minute => minute >= 20);
    for (const handle of HANDLES)
      assert.deepEqual(new Set(distances(after(handle))), new Set([20]), `${handle}: ${minutes(handle)}`);
  });

  it('leave a call to a person before their turn is over', async () => {
    const testWindow = await open(1, true);
    const [id = ''] = await addKeys(testWindow, HANDLES);
    await wait(15 * MINUTE);
    const { held } = await testWindow.monitor.refresh([id]);
    assert.equal(held.size, 0);
    assert.deepEqual(minutes('key-0').at(-1), 15);
  });

  it('leave it to a key that is pinned', async () => {
    const testWindow = await open(1, true);
    const [id = ''] = await addKeys(testWindow, HANDLES);
    await wait(15 * MINUTE);
    testWindow.store.transaction(() => {
      testWindow.store.keys.pinKey(id, true);
      testWindow.store.states.setDue(id, clock.now());
    });
    await testWindow.monitor.reload();
    await wait(5000);
    assert.deepEqual(Math.floor(minutes('key-0').at(-1) ?? 0), 15);
  });

  for (const count of [1, 2]) {
    it(`are asked in time while their figures move, though nobody is at any of ${count} windows`, async () => {
      const testWindow = await open(count, false);
      const ids = await addKeys(testWindow, ['key-0', 'key-1']);
      const late: number[] = [];
      for (let minute = 0; minute < 120; minute++) {
        gateway.spend('key-0', LOG_ROW);
        const promised = ids.map(id => Date.parse(testWindow.keyState(id).nextCheckAt ?? ''));
        for (const at of promised) late.push((clock.now() - at) / 1000);
        await wait(MINUTE);
      }
      // An interval of five minutes, and the five seconds that are left to a window with a person.
      const [first = 0, ...others] = distances(minutes('key-0'));
      assert.ok(
        [first, ...others].every(minute => minute >= 5 && minute <= 5.1),
        `${[first, ...others]}`,
      );
      assert.ok(Math.max(...late) <= 5, `${Math.max(...late)} s late`);
    });
  }
});
