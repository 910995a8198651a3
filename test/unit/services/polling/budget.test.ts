import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { VersionName } from '../../../sampleGateways/newApi/version.ts';
import type { Scenario } from '../../../sampleGateways/scenarios/scenario.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow, type TestWindowOptions } from '../../support/testWindow.ts';

const USAGE = { path: '/api/usage/token/' };
const HANDLES = Array.from({ length: 30 }, (_, index) => `key-${index}`);
const SCENARIOS = Object.fromEntries(HANDLES.map(handle => [handle, {} satisfies Scenario]));

/** The most calls that fell into any twenty minutes. */
function mostInWindow(times: readonly number[]): number {
  return Math.max(...times.map(from => times.filter(at => at >= from && at < from + 20 * MINUTE).length));
}

describe('thirty keys on a gateway that allows twenty calls in twenty minutes', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  const testWindows: TestWindow[] = [];

  beforeEach(() => {
    clock = new ManualClock();
  });

  afterEach(async () => {
    for (const testWindow of testWindows.splice(0)) await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  async function open(version: VersionName): Promise<void> {
    gateway = await startSampleGateway({
      version,
      clock: clock.now,
      limits: 'real',
      scenarios: SCENARIOS,
      settings: BILLS_ACCOUNT,
    });
  }

  async function window(
    more: Pick<TestWindowOptions, 'folder' | 'storage' | 'focused' | 'settings'> = {},
  ): Promise<TestWindow> {
    const testWindow = new TestWindow({ clock, ...more });
    testWindows.push(testWindow);
    await testWindow.monitor.start();
    return testWindow;
  }

  async function addAll(testWindow: TestWindow): Promise<string[]> {
    const ids: string[] = [];
    for (const handle of HANDLES) ids.push(await testWindow.addKey(gateway, handle));
    return ids;
  }

  function expectPolite(): void {
    assert.deepEqual(
      gateway.calls.filter(call => call.status === 429),
      [],
    );
    assert.ok(mostInWindow(gateway.callsOf(USAGE).map(call => call.at)) <= 10);
  }

  for (const version of ['v0.12.7', 'v1.0.0-rc.24'] as const) {
    it(`${version}: an hour brings every key its figure and never a 429`, async () => {
      await open(version);
      const testWindow = await window();
      const ids = await addAll(testWindow);
      await advanceWindows(HOUR, clock, testWindow);
      expectPolite();
      assert.ok(ids.every(id => testWindow.keyState(id).reading?.quota?.remaining === 0.2));
      assert.ok(gateway.callsOf(USAGE).length >= 30);
    });
  }

  it('a pinned key is asked far more often than the others', async () => {
    await open('v0.12.7');
    const testWindow = await window();
    const [first = assert.fail()] = await addAll(testWindow);
    await testWindow.keyService.pin(testWindow.keyService.findById(first) ?? assert.fail(), true);
    await advanceWindows(2 * HOUR, clock, testWindow);
    expectPolite();
    const calls = (key: string) => gateway.callsOf({ ...USAGE, key }).length;
    assert.ok(calls('key-0') >= 5, `pinned: ${calls('key-0')}`);
    assert.ok(HANDLES.slice(1).every(key => calls(key) >= 1 && calls(key) <= 2));
  });

  it('several windows share the one budget and never ask twice', async () => {
    await open('v0.12.7');
    const shared = { folder: tempFolder(), storage: new MemorySecrets() };
    const testWindow = await window(shared);
    const ids = await addAll(testWindow);
    const others = [await window({ ...shared, focused: false }), await window({ ...shared, focused: false })];
    await advanceWindows(HOUR, clock, testWindow, ...others);
    expectPolite();
    assert.equal(new Set(gateway.callsOf(USAGE).map(call => call.key)).size, 30);
    for (const other of others) {
      await other.monitor.reload();
      assert.ok(ids.every(id => other.keyState(id).reading !== undefined));
    }
  });

  it('a key that has to wait says when its turn comes, and when the next after it', async () => {
    await open('v0.12.7');
    const start = clock.now();
    const testWindow = await window();
    const ids = await addAll(testWindow);
    await advanceWindows(MINUTE, clock, testWindow);
    const states = ids.map(id => testWindow.keyState(id));
    const minute = ({ nextCheckAt = '' }: KeyState) => (Date.parse(nextCheckAt) - start) / MINUTE;
    const waiting = states.filter(({ reading }) => !reading);
    assert.equal(waiting.length, 27);
    // Three at once, then one every two minutes. The tenth call is kept until, two minutes later, others leave the window.
    const turns = [2, 4, 6, 8, 10, 12, 18, ...Array.from({ length: 20 }, (_, index) => 20 + 2 * index)];
    assert.deepEqual(
      waiting.map(minute).sort((a, b) => a - b),
      turns,
    );
    await advanceWindows(HOUR, clock, testWindow);
    const firsts = new Map(
      gateway
        .callsOf(USAGE)
        .toReversed()
        .map(({ key, at }) => [key, at]),
    );
    const asked = [...firsts.values()].map(at => (at - start) / MINUTE).sort((a, b) => a - b);
    assert.deepEqual(asked, [0, 0, 0, ...turns]);
  });

  it('a refresh of all goes as far as the budget and tells until when the rest is held', async () => {
    await open('v0.12.7');
    const testWindow = await window({ focused: false });
    await addAll(testWindow);
    await testWindow.monitor.idle();
    const start = clock.now();
    const { held, states } = await testWindow.monitor.refresh();
    expectPolite();
    assert.equal(states.length, 30);
    // Three had been asked as they were added, and seven more are asked now.
    assert.equal(gateway.callsOf(USAGE).length, 10);
    assert.equal(held.size, 23);
    assert.deepEqual(new Set(held.values()), new Set([start + 20 * MINUTE]));
  });

  it('an explicit yes goes beyond our half', async () => {
    await open('v0.12.7');
    const testWindow = await window({ focused: false });
    const ids = await addAll(testWindow);
    await testWindow.monitor.idle();
    await testWindow.monitor.refresh();
    assert.equal(gateway.callsOf(USAGE).length, 10);
    const { held } = await testWindow.monitor.refresh(ids.slice(20, 25), { beyondBudget: true });
    assert.equal(held.size, 0);
    assert.equal(gateway.callsOf(USAGE).length, 15);
    assert.equal(testWindow.keyState(ids[20] ?? '').status, 'ok');
  });

  it('learns from a 429 that somebody else caused', async () => {
    await open('v1.0.0-rc.24');
    const testWindow = await window();
    for (let call = 0; call < 20; call++) gateway.limiters.critical?.take('127.0.0.1');
    const id = await testWindow.addKey(gateway, 'key-0');
    await testWindow.monitor.idle();
    await advanceWindows(19 * MINUTE, clock, testWindow);
    assert.equal(gateway.callsOf(USAGE).length, 1);
    assert.equal(testWindow.keyState(id).failure?.class, 'rate-limited');
    assert.ok(Date.parse(testWindow.keyState(id).nextCheckAt ?? '') >= clock.now() + MINUTE);
    await advanceWindows(2 * MINUTE, clock, testWindow);
    assert.equal(testWindow.keyState(id).status, 'ok');
  });

  it('goes on when the gateway says, be it sooner or later than the usual pause', async () => {
    await open('v1.0.0-rc.24');
    const gateways = new Map([[gateway.origin, { share: 1 }]]);
    const testWindow = await window({ settings: { gateways } });
    const id = await testWindow.addKey(gateway, 'key-0');
    await testWindow.monitor.idle();
    for (const minutes of [7, 45]) {
      gateway.setScenario('key-0', {
        reply: { status: 429, headers: { 'Retry-After': String(minutes * 60) } },
      });
      await testWindow.monitor.refresh([id]);
      const refusedAt = clock.now();
      const before = gateway.callsOf(USAGE).length;
      gateway.setScenario('key-0', 'ok');
      await advanceWindows((minutes - 1) * MINUTE, clock, testWindow);
      assert.equal(gateway.callsOf(USAGE).length, before, `${minutes} minutes were asked for`);
      assert.ok(Date.parse(testWindow.keyState(id).nextCheckAt ?? '') >= refusedAt + minutes * MINUTE);
      await advanceWindows(2 * MINUTE, clock, testWindow);
      assert.equal(gateway.callsOf(USAGE).length, before + 1);
      assert.equal(testWindow.keyState(id).failure, undefined);
    }
  });
});
