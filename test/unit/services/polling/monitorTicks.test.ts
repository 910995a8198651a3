import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { StoreTrouble } from '../../../../src/core/ports/storeTrouble.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { until } from '../../support/until.ts';

const SECOND = 1000;
const USAGE = { path: '/api/usage/token/' };

/** Secrets that cannot be read until the key ring is open, of which nobody is told. */
class LockedSecrets extends MemorySecrets {
  isLocked = false;

  override async get(name: string): Promise<string | undefined> {
    if (this.isLocked) throw new Error('The key ring is locked.');
    return super.get(name);
  }
}

describe('a monitor, tick by tick,', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let storage: LockedSecrets;
  let testWindow: TestWindow;

  const calls = () => gateway.callsOf(USAGE).length;
  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    storage = new LockedSecrets();
    testWindow = new TestWindow({ clock, storage });
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  /** The moments, in seconds from now on, at which it looks whether another file has taken the database’s place. */
  function watchFile(): number[] {
    const start = clock.now();
    const looks: number[] = [];
    const { store } = testWindow;
    const follow = store.followFile.bind(store);
    store.followFile = now => {
      looks.push((now - start) / SECOND);
      return follow(now);
    };
    return looks;
  }

  it('shows what time alone has changed within a second, and not only when it looks at all keys again', async () => {
    gateway.key('ok').expiresAt = clock.now() / 1000 + 90;
    await testWindow.monitor.start();
    const id = await testWindow.addKey(gateway, 'ok');
    // All keys are looked at after 80 and 100 seconds.
    await wait(90 * SECOND - 1);
    assert.equal(testWindow.keyState(id).status, 'ok');
    await wait(SECOND);
    assert.equal(testWindow.keyState(id).status, 'expired');
  });

  for (const [who, focused, active, seconds] of [
    ['somebody uses it', true, true, 1],
    ['the editor does not say', true, undefined, 1],
    ['nobody uses it, though it has the focus', true, false, 4],
    ['it has no focus, as nobody uses it', false, false, 60],
  ] as const) {
    it(`looks every ${seconds} s for what others wrote while ${who}`, async () => {
      Object.assign(testWindow, { focused, active });
      const looks: number[] = [];
      Object.defineProperty(testWindow.store, 'dataVersion', {
        get: () => {
          looks.push(clock.now() / SECOND);
          return 0;
        },
      });
      await testWindow.monitor.start();
      await wait(3 * MINUTE);
      assert.equal((looks.at(-1) ?? 0) - (looks.at(-2) ?? 0), seconds);
    });
  }

  it('looks every twenty seconds whether its file is still there', async () => {
    await testWindow.monitor.start();
    const looks = watchFile();
    await wait(MINUTE);
    assert.deepEqual(looks, [20, 40, 60]);
  });

  it('looks at once after the clock was put back, and every twenty seconds from then on', async () => {
    await testWindow.monitor.start();
    const looks = watchFile();
    clock.jump(-HOUR);
    testWindow.monitor.checkDue();
    await wait(30 * SECOND);
    assert.deepEqual(looks, [-3600, -3580]);
  });

  it('asks with a secret that can be read since, though nobody said so', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.idle();
    await testWindow.monitor.refresh([id]);
    const { folder } = testWindow;
    const later = new TestWindow({ clock, folder, storage });
    storage.isLocked = true;
    await later.monitor.start();
    await advanceWindows(MINUTE, clock, later);
    assert.equal(later.keyState(id).failure?.class, 'bad-key');
    const before = calls();
    storage.isLocked = false;
    await later.monitor.refresh([id]);
    assert.equal(calls(), before + 1);
    assert.equal(later.keyState(id).failure, undefined);
    await later.close();
  });

  it('shows at once that a refresh has to wait for room, and makes it in that moment, without focus too', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await wait(MINUTE);
    assert.equal(calls(), 1);
    testWindow.focused = false;
    await wait(SECOND);
    // New API’s ten calls in twenty minutes; there is room again in seven seconds.
    const freeAt = clock.now() + 7 * SECOND;
    const { store } = testWindow;
    store.transaction(() => {
      for (let call = 0; call < 9; call++)
        store.requests.addCall(gateway.origin, 'scarce', freeAt - 20 * MINUTE);
    });
    await testWindow.monitor.reload();
    const { held } = await testWindow.monitor.refresh([id]);
    assert.deepEqual([...held], [[id, freeAt]]);
    assert.equal(testWindow.keyState(id).nextCheckAt, new Date(freeAt).toISOString());
    await wait(7 * SECOND - 1);
    assert.equal(calls(), 1);
    await wait(1);
    assert.equal(calls(), 2);
  });

  it('starts a check that waited for its turn as soon as the one before has ended, before any time passes', async () => {
    await testWindow.monitor.start();
    for (const handle of ['ok', 'unused', 'model-limits']) await testWindow.addKey(gateway, handle);
    await until(() => ['ok', 'unused', 'model-limits'].every(key => gateway.callsOf({ key }).length > 0));
  });

  it('starts no check that waited for its turn, once the database is locked', async () => {
    const stuck = { status: 200, body: '{}', delivery: { how: 'holdHeaders' } } as const;
    gateway.setReply('GET /api/usage/token/', stuck);
    await testWindow.monitor.start();
    for (const handle of ['ok', 'unused', 'model-limits']) await testWindow.addKey(gateway, handle);
    await until(() => gateway.holds.size > 0);
    const asked = () => new Set(gateway.calls.flatMap(({ key }) => key ?? []));
    assert.deepEqual([...asked()], ['ok'], 'the first check of a site goes alone');
    let trouble: StoreTrouble | undefined = { kind: 'locked' };
    Object.defineProperty(testWindow.store, 'trouble', { get: () => trouble });
    testWindow.monitor.checkDue();
    gateway.setReply('GET /api/usage/token/', undefined);
    gateway.holds.release();
    await testWindow.monitor.idle();
    assert.deepEqual([...asked()], ['ok']);
    trouble = undefined;
    await wait(SECOND);
    assert.deepEqual([...asked()].sort(), ['model-limits', 'ok', 'unused']);
  });

  for (const [count, isInSteps] of [
    [25, false],
    [26, true],
  ] as const) {
    it(`takes in ${count} keys ${isInSteps ? 'in steps, between which others have a turn' : 'at once'}`, async () => {
      const key = testWindow.store.keys.findKey(await testWindow.addKey(gateway, 'ok')) ?? assert.fail();
      testWindow.store.transaction(() => {
        for (let index = 1; index < count; index++)
          testWindow.store.keys.addKey({
            ...key,
            id: `key ${index}`,
            fingerprint: `${index}`,
            kind: 'later',
          });
      });
      await testWindow.monitor.reload();
      let seen = 0;
      let isOver = false;
      const countTurns = async () => {
        for (;;) {
          await turn();
          if (isOver) return;
          seen += 1;
        }
      };
      const counting = countTurns();
      await testWindow.monitor.reload();
      isOver = true;
      await counting;
      assert.equal(seen >= 6, isInSteps, `${seen} turns`);
    });
  }
});
