import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow, type TestWindowOptions } from '../../support/testWindow.ts';
import { until } from '../../support/until.ts';

/** Long enough for a check to be started, answered and shown. */
const SOON = 3000;
const USAGE = { path: '/api/usage/token/' };

describe('the monitor', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  const testWindows: TestWindow[] = [];

  const calls = () => gateway.callsOf(USAGE).length;
  const wait = (ms: number) => advanceWindows(ms, clock, ...testWindows);

  async function window(options: TestWindowOptions = {}): Promise<TestWindow> {
    const opened = new TestWindow({ clock, ...options });
    testWindows.push(opened);
    await opened.monitor.start();
    return opened;
  }

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    testWindow = await window();
  });

  afterEach(async () => {
    for (const each of testWindows.splice(0)) await each.close();
    await gateway.close();
  });

  describe('polls', () => {
    it('a new key at once, and then every five minutes', async () => {
      const start = clock.now();
      const id = await testWindow.addKey(gateway, 'ok');
      await wait(21 * MINUTE);
      const times = gateway.callsOf(USAGE).map(call => call.at - start);
      assert.deepEqual(times, [0, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 20 * MINUTE]);
      // Nothing has moved for a quarter of an hour.
      assert.equal(testWindow.keyState(id).nextCheckAt, new Date(start + 29 * MINUTE).toISOString());
    });

    it('shows the change, and tells its listeners of changes alone', async () => {
      const id = await testWindow.addKey(gateway, 'ok');
      await wait(MINUTE);
      const told: (readonly KeyState[])[] = [];
      testWindow.monitor.onDidChange(snapshot => told.push(snapshot));
      await wait(3 * MINUTE);
      assert.equal(told.length, 0);
      gateway.key('ok').remain = 50_000;
      await wait(2 * MINUTE);
      assert.equal(told.length, 1);
      assert.equal(told[0]?.[0]?.reading?.quota?.remaining, 0.1);
      assert.equal(told[0], testWindow.monitor.snapshot);
      assert.ok(Object.isFrozen(testWindow.monitor.snapshot));
      assert.equal(testWindow.keyState(id).status, 'ok');
    });

    it('a failing gateway less and less often, and goes on as before once it answers', async () => {
      const start = clock.now();
      const id = await testWindow.addKey(gateway, 'ok');
      await wait(MINUTE);
      gateway.setScenario('ok', 'empty-500');
      await wait(75 * MINUTE);
      const times = gateway.callsOf(USAGE).map(call => (call.at - start) / MINUTE);
      assert.deepEqual(times, [0, 5, 10, 20, 40]);
      assert.equal(testWindow.keyState(id).status, 'stale');
      gateway.setScenario('ok', 'ok');
      await wait(12 * MINUTE);
      assert.equal(testWindow.keyState(id).failure, undefined);
      assert.deepEqual(
        gateway.callsOf(USAGE).map(call => (call.at - start) / MINUTE),
        [0, 5, 10, 20, 40, 80, 85],
      );
    });

    it('one request a key at a time', async () => {
      const id = await testWindow.addKey(gateway, 'slow-headers');
      await until(() => gateway.holds.size === 1);
      const refreshes = [testWindow.monitor.refresh([id]), testWindow.monitor.refresh()];
      gateway.setScenario('slow-headers', 'ok');
      gateway.holds.release();
      await Promise.all(refreshes);
      assert.equal(calls(), 1);
    });

    it('time alone makes a key expire', async () => {
      gateway.key('ok').expiresAt = clock.now() / 1000 + 90;
      const id = await testWindow.addKey(gateway, 'ok');
      await wait(MINUTE);
      assert.equal(testWindow.keyState(id).status, 'ok');
      await wait(MINUTE);
      assert.equal(testWindow.keyState(id).status, 'expired');
    });

    it('a key is asked about just after its end, and then as usual', async () => {
      gateway.key('ok').expiresAt = clock.now() / 1000 + 90;
      await testWindow.addKey(gateway, 'ok');
      await wait(94_000);
      assert.equal(calls(), 1);
      await wait(2000);
      assert.equal(calls(), 2);
      await wait(4 * MINUTE);
      assert.equal(calls(), 2);
    });
  });

  describe('asks rarely while a key is refused', () => {
    for (const [scenario, status] of [
      ['disabled', 'disabled'],
      ['banned', 'disabled'],
      ['invalid-401', 'invalid'],
    ] as const) {
      it(`${scenario}: asks hours later, and at once when a person does`, async () => {
        const start = clock.now();
        const id = await testWindow.addKey(gateway, scenario);
        await wait(3 * HOUR);
        assert.equal(calls(), 1);
        assert.equal(testWindow.keyState(id).status, status);
        const next = Date.parse(testWindow.keyState(id).nextCheckAt ?? '') - start;
        assert.ok(next >= 4 * HOUR && next <= 4 * HOUR + MINUTE, `${next}`);
        await wait(30 * HOUR);
        const hours = gateway.callsOf(USAGE).map(call => Math.round((call.at - start) / HOUR));
        assert.deepEqual(hours, [0, 4, 8, 16, 32]);

        gateway.setScenario(scenario, 'ok');
        const { states } = await testWindow.monitor.refresh([id]);
        assert.deepEqual(
          states.map(state => state.status),
          ['ok'],
        );
        await wait(6 * MINUTE);
        assert.equal(calls(), 7);
      });

      it(`${scenario}: one good answer ends that by itself`, async () => {
        const id = await testWindow.addKey(gateway, scenario);
        await wait(3 * HOUR);
        gateway.setScenario(scenario, 'ok');
        await wait(HOUR + 2 * MINUTE);
        assert.equal(testWindow.keyState(id).status, 'ok');
        assert.equal(testWindow.keyState(id).failure, undefined);
      });
    }

    it('a refused key that an older version no longer asked about is asked about at once', async () => {
      const id = await testWindow.addKey(gateway, 'invalid-401');
      await wait(SOON);
      const { dueAt: _dueAt, ...before } = testWindow.store.states.stateOf(id) ?? assert.fail();
      testWindow.store.transaction(() => testWindow.store.states.saveState(before));
      gateway.setScenario('invalid-401', 'ok');
      await testWindow.monitor.reload();
      await wait(SOON);
      assert.equal(testWindow.keyState(id).status, 'ok');
    });

    it('goes on at once when the secret changes', async () => {
      const id = await testWindow.addKey(gateway, 'ok', {
        secret: gateway.holdings.unknownSecret('unknown'),
      });
      await wait(HOUR);
      assert.equal(testWindow.keyState(id).status, 'invalid');
      await testWindow.keyService.replaceSecret(
        testWindow.keyService.findById(id) ?? assert.fail(),
        gateway.secret('ok'),
      );
      await wait(SOON);
      assert.equal(testWindow.keyState(id).status, 'ok');
      assert.equal(calls(), 2);
    });

    it('an answer about the old secret does not stand for the new one', async () => {
      const refusal = { status: 401, body: '{"success":false}', delivery: { how: 'holdHeaders' } } as const;
      gateway.setScenario('unused', { reply: refusal });
      const id = await testWindow.addKey(gateway, 'unused');
      await until(() => gateway.holds.size === 1);
      await testWindow.keyService.replaceSecret(
        testWindow.keyService.findById(id) ?? assert.fail(),
        gateway.secret('ok'),
      );
      gateway.holds.release();
      await wait(SOON);
      assert.equal(testWindow.keyState(id).status, 'ok');
    });
  });

  describe('without focus', () => {
    it('waits seconds longer, so that a focused window goes first', async () => {
      testWindow.focused = false;
      await testWindow.addKey(gateway, 'ok');
      await wait(5 * MINUTE);
      assert.equal(calls(), 1);
      await wait(6000);
      assert.equal(calls(), 2);
    });

    it('a recent figure is not read again when focus comes', async () => {
      testWindow.focused = false;
      await testWindow.addKey(gateway, 'ok');
      await wait(4 * MINUTE);
      testWindow.gainFocus();
      await wait(30_000);
      assert.equal(calls(), 1);
    });

    for (const scenario of ['empty-500', 'html-200', 'cf-403-html', 'truncated-json', 'huge-body']) {
      it(`what “${scenario}” has put off is asked when focus comes`, async () => {
        const id = await testWindow.addKey(gateway, 'ok');
        await wait(MINUTE);
        gateway.setScenario('ok', scenario);
        // Asked after 5, 10 and 20 minutes in vain; without a person, the next time would be after 40.
        await wait(25 * MINUTE);
        assert.equal(calls(), 4);
        gateway.setScenario('ok', 'ok');
        testWindow.gainFocus();
        await wait(SOON);
        assert.equal(calls(), 5);
        assert.equal(testWindow.keyState(id).failure, undefined);
      });
    }

    it('a gateway that asked us to wait is not asked for the sake of focus', async () => {
      await testWindow.addKey(gateway, 'ok');
      await wait(MINUTE);
      gateway.setScenario('ok', '429-retry-after:1200');
      await wait(11 * MINUTE);
      assert.equal(calls(), 2);
      testWindow.gainFocus();
      await wait(SOON);
      assert.equal(calls(), 2);
    });

    it('still asks, when no window has focus', async () => {
      testWindow.focused = false;
      await testWindow.addKey(gateway, 'ok');
      await wait(HOUR - 1);
      // At once, and then every five minutes and five seconds; after a quarter of an hour without a move every nine.
      assert.equal(calls(), 9);
    });
  });
});
