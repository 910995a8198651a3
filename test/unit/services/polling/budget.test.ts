import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { VersionName } from '../../../sampleGateways/newApi/version.ts';
import type { Scenario } from '../../../sampleGateways/scenarios/scenario.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { pass } from '../../support/passing.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { World } from '../../support/world.ts';

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
  const worlds: World[] = [];

  beforeEach(() => {
    clock = new ManualClock();
  });

  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
    await gateway.close();
    removeTempFolders();
  });

  async function open(version: VersionName): Promise<void> {
    gateway = await startSampleGateway({ version, clock: clock.now, limits: 'real', scenarios: SCENARIOS });
  }

  async function window(
    more: { folder?: string; storage?: MemorySecrets; focused?: boolean } = {},
  ): Promise<World> {
    const world = new World({ clock, ...more });
    worlds.push(world);
    await world.monitor.start();
    return world;
  }

  async function addAll(world: World): Promise<string[]> {
    const ids: string[] = [];
    for (const handle of HANDLES) ids.push(await world.add(gateway, handle));
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
      const world = await window();
      const ids = await addAll(world);
      await pass(HOUR, clock, world);
      expectPolite();
      assert.ok(ids.every(id => world.state(id).reading?.quota?.remaining === 0.2));
      assert.ok(gateway.callsOf(USAGE).length >= 30);
    });
  }

  it('a pinned key is asked far more often than the others', async () => {
    await open('v0.12.7');
    const world = await window();
    const [first = assert.fail()] = await addAll(world);
    await world.keyService.pin(world.keyService.findById(first) ?? assert.fail(), true);
    await pass(2 * HOUR, clock, world);
    expectPolite();
    const calls = (key: string) => gateway.callsOf({ ...USAGE, key }).length;
    assert.ok(calls('key-0') >= 5, `pinned: ${calls('key-0')}`);
    assert.ok(HANDLES.slice(1).every(key => calls(key) >= 1 && calls(key) <= 2));
  });

  it('several windows share the one budget and never ask twice', async () => {
    await open('v0.12.7');
    const shared = { folder: tempFolder(), storage: new MemorySecrets() };
    const world = await window(shared);
    const ids = await addAll(world);
    const others = [await window({ ...shared, focused: false }), await window({ ...shared, focused: false })];
    await pass(HOUR, clock, world, ...others);
    expectPolite();
    assert.equal(new Set(gateway.callsOf(USAGE).map(call => call.key)).size, 30);
    for (const other of others) {
      await other.monitor.reload();
      assert.ok(ids.every(id => other.state(id).reading !== undefined));
    }
  });

  it('a key that has to wait says when its turn comes, and when the next after it', async () => {
    await open('v0.12.7');
    const start = clock.now();
    const world = await window();
    const ids = await addAll(world);
    await pass(MINUTE, clock, world);
    const states = ids.map(id => world.state(id));
    const minute = ({ nextCheckAt = '' }: KeyState) => (Date.parse(nextCheckAt) - start) / MINUTE;
    const waiting = states.filter(({ reading }) => !reading);
    assert.equal(waiting.length, 20);
    // There is room for ten in twenty minutes, so the others' turn comes after theirs.
    assert.deepEqual(
      waiting.map(minute).sort((a, b) => a - b),
      [...Array.from({ length: 10 }, () => 20), ...Array.from({ length: 10 }, () => 40)],
    );
    assert.ok(states.map(minute).every(at => at >= 20));
  });

  it('a refresh of all goes as far as the budget and tells until when the rest is held', async () => {
    await open('v0.12.7');
    const world = await window({ focused: false });
    await addAll(world);
    await world.monitor.idle();
    const start = clock.now();
    const { held, states } = await world.monitor.refresh();
    expectPolite();
    assert.equal(states.length, 30);
    assert.equal(held.size, 30);
    assert.deepEqual(new Set(held.values()), new Set([start + 20 * MINUTE]));
  });

  it('an explicit yes goes beyond our half', async () => {
    await open('v0.12.7');
    const world = await window({ focused: false });
    const ids = await addAll(world);
    await world.monitor.idle();
    assert.equal(gateway.callsOf(USAGE).length, 10);
    const { held } = await world.monitor.refresh(ids.slice(20, 25), { beyondBudget: true });
    assert.equal(held.size, 0);
    assert.equal(gateway.callsOf(USAGE).length, 15);
    assert.equal(world.state(ids[20] ?? '').status, 'ok');
  });

  it('learns from a 429 that somebody else caused', async () => {
    await open('v1.0.0-rc.24');
    const world = await window();
    for (let call = 0; call < 20; call++) gateway.limiters.critical?.take('127.0.0.1');
    const id = await world.add(gateway, 'key-0');
    await world.monitor.idle();
    await pass(19 * MINUTE, clock, world);
    assert.equal(gateway.callsOf(USAGE).length, 1);
    assert.equal(world.state(id).failure?.class, 'rate-limited');
    assert.ok(Date.parse(world.state(id).nextCheckAt ?? '') >= clock.now() + MINUTE);
    await pass(2 * MINUTE, clock, world);
    assert.equal(world.state(id).status, 'ok');
  });

  it('goes on when the gateway says, be it sooner or later than the usual pause', async () => {
    await open('v1.0.0-rc.24');
    const world = await window();
    const id = await world.add(gateway, 'key-0');
    await world.monitor.idle();
    for (const minutes of [7, 45]) {
      gateway.setScenario('key-0', {
        reply: { status: 429, headers: { 'Retry-After': String(minutes * 60) } },
      });
      await world.monitor.refresh([id]);
      const refusedAt = clock.now();
      const before = gateway.callsOf(USAGE).length;
      gateway.setScenario('key-0', 'ok');
      await pass((minutes - 1) * MINUTE, clock, world);
      assert.equal(gateway.callsOf(USAGE).length, before, `${minutes} minutes were asked for`);
      assert.ok(Date.parse(world.state(id).nextCheckAt ?? '') >= refusedAt + minutes * MINUTE);
      await pass(2 * MINUTE, clock, world);
      assert.equal(gateway.callsOf(USAGE).length, before + 1);
      assert.equal(world.state(id).failure, undefined);
    }
  });
});
