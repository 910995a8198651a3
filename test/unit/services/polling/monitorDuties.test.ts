import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestWindow, type TestWindowOptions } from '../../support/testWindow.ts';
import { until } from '../../support/until.ts';

const SECOND = 1000;
const SOON = 3 * SECOND;
const USAGE = { path: '/api/usage/token/' };

describe('a monitor', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  const others: TestWindow[] = [];

  const calls = () => gateway.callsOf(USAGE).length;
  /** Calls that were written down, sent or not. */
  const reserved = () => testWindow.store.requests.sentSince(gateway.origin, 'scarce', 0).length;
  /** Lets a refresh that nobody waits for come as far as one that somebody does. */
  const settle = async () => {
    await testWindow.monitor.refresh([]);
    await testWindow.monitor.idle();
  };
  const wait = (ms: number) => advanceWindows(ms, clock, testWindow, ...others);

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    testWindow = new TestWindow({ clock });
  });

  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
    await testWindow.close();
    await gateway.close();
  });

  async function another(options: TestWindowOptions = {}): Promise<TestWindow> {
    const { folder, storage } = testWindow;
    const other = new TestWindow({ clock, folder, storage, ...options });
    others.push(other);
    await other.monitor.start();
    return other;
  }

  it('corrects a record that names another origin than its secret, and asks that origin alone', async () => {
    const other = await startSampleGateway({ clock: clock.now });
    const id = await testWindow.addKey(gateway, 'ok');
    testWindow.store.transaction(() => testWindow.store.keys.setBaseUrl(id, other.origin));
    await testWindow.monitor.start();
    await wait(SOON);
    assert.equal(testWindow.keyState(id).origin, gateway.origin);
    assert.equal(testWindow.store.keys.findKey(id)?.baseUrl, gateway.origin);
    assert.deepEqual(
      testWindow.logLines.filter(line => line.includes('belongs to')),
      [`The record of “ok” named ${other.origin}, and its secret belongs to ${gateway.origin}.`],
    );
    assert.equal(calls(), 1);
    assert.deepEqual(other.calls, []);
    await other.close();
  });

  it('shows newer figures of one of an account’s keys', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await wait(SOON);
    const { states } = testWindow.store;
    const state = states.stateOf(id) ?? assert.fail();
    const accountKeys = [
      { id: '1', name: 'one' },
      { id: '2', name: 'two' },
    ] as const;
    const listed = { ...(state.reading ?? assert.fail()), accountKeys };
    testWindow.store.transaction(() => states.saveState({ ...state, reading: listed }));
    await testWindow.monitor.updateAccountKey(id, { id: '2', name: 'two', status: 'exhausted' });
    assert.deepEqual(
      testWindow.keyState(id).reading?.accountKeys?.map(each => [each.id, each.status]),
      [
        ['1', undefined],
        ['2', 'exhausted'],
      ],
    );
  });

  it('asks what is due when a view is opened, without waiting for its turn', async () => {
    await testWindow.monitor.start();
    await testWindow.addKey(gateway, 'ok');
    await wait(SOON);
    // Without focus it looks once a minute; nobody was there to be woken for these seconds.
    testWindow.focused = false;
    await wait(SECOND);
    clock.jump(5 * MINUTE + 10 * SECOND);
    assert.equal(calls(), 1);
    testWindow.monitor.checkDue();
    await testWindow.monitor.idle();
    assert.equal(calls(), 2);
  });

  it('refreshes the keys that it is asked to, with a secret that has come since, and shows them at once', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.addKey(gateway, 'unused');
    await testWindow.monitor.start();
    await wait(SOON);
    const told: (readonly KeyState[])[] = [];
    testWindow.monitor.onDidChange(snapshot => told.push(snapshot));
    gateway.key('ok').remain = 50_000;
    gateway.key('unused').remain = 50_000;
    const { states } = await testWindow.monitor.refresh([id]);
    assert.deepEqual(
      states.map(state => [state.id, state.reading?.quota?.remaining]),
      [[id, 0.1]],
    );
    assert.equal(calls(), 3);
    assert.equal(told.length, 1);
  });

  it('says what kept it from its start, and goes on once that is over', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    testWindow.monitor.dispose();
    const { folder, storage } = testWindow;
    const other = new TestWindow({ clock, folder, storage });
    others.push(other);
    const { view } = other.store;
    other.store.view = () => {
      throw new Error('broken');
    };
    await other.monitor.start();
    assert.match(other.logLines.join('\n'), /The monitor was kept from its work: Error: broken/);
    other.store.view = view;
    await wait(MINUTE);
    assert.equal(other.keyState(id).status, 'ok');
  });

  it('shows at once what time alone has changed, without focus too', async () => {
    gateway.key('ok').expiresAt = clock.now() / 1000 + 90;
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await wait(SOON);
    testWindow.focused = false;
    await wait(90 * SECOND - SOON - 1);
    assert.equal(testWindow.keyState(id).status, 'ok');
    // No sooner than twenty milliseconds after it looked last.
    await wait(21);
    assert.equal(testWindow.keyState(id).status, 'expired');
    assert.equal(calls(), 1);
  });

  it('shows checks that end together by one snapshot', async () => {
    await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await wait(SOON);
    await testWindow.addKey(gateway, 'unused');
    await testWindow.addKey(gateway, 'model-limits');
    const told: (readonly KeyState[])[] = [];
    await wait(0);
    testWindow.monitor.onDidChange(snapshot => told.push(snapshot));
    await wait(SECOND);
    assert.equal(told.length, 1);
    assert.deepEqual(
      told[0]?.map(({ reading }) => reading !== undefined),
      [true, true, true],
    );
  });

  it('of a kind that it does not know says so, and asks nobody', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.idle();
    gateway.calls.length = 0;
    const key = testWindow.store.keys.findKey(id) ?? assert.fail();
    testWindow.store.transaction(() => {
      testWindow.store.keys.removeKey(id);
      testWindow.store.keys.addKey({ ...key, kind: 'later' });
    });
    await testWindow.monitor.start();
    await wait(SOON);
    assert.equal(testWindow.keyState(id).failure?.reason, 'unknown-kind');
    assert.deepEqual(gateway.calls, []);
  });

  describe('that is disposed of', () => {
    it('asks no more, neither by time nor by focus nor for another secret', async () => {
      const id = await testWindow.addKey(gateway, 'ok');
      await testWindow.monitor.start();
      await wait(SOON);
      const told: unknown[] = [];
      testWindow.monitor.onDidChange(each => told.push(each));
      testWindow.monitor.dispose();
      const entry = testWindow.storage.entries.get(`key:${id}`) ?? assert.fail();
      await testWindow.storage.store(`key:${id}`, entry.replace('"ok"', '"renamed"'));
      await clock.advance(11 * MINUTE);
      testWindow.gainFocus();
      testWindow.monitor.checkDue();
      await testWindow.monitor.reload();
      await testWindow.monitor.idle();
      assert.deepEqual([calls(), reserved()], [1, 1]);
      assert.deepEqual(told, []);
    });
  });

  it('that is disposed of calls its checks off', async () => {
    const id = await testWindow.addKey(gateway, 'slow-headers');
    await until(() => gateway.holds.size === 1);
    testWindow.monitor.dispose();
    await testWindow.monitor.idle();
    assert.equal(testWindow.store.states.stateOf(id)?.checkedAt, undefined);
    gateway.holds.release();
  });

  it('without a secret of its own shows what another window reads, until a minute after that should have', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await wait(SOON);
    const browser = await another({ storage: new MemorySecrets(), secretsShared: false });
    await wait(SOON);
    assert.equal(browser.keyState(id).status, 'ok');
    const dueAt = browser.store.states.stateOf(id)?.dueAt ?? assert.fail();
    testWindow.monitor.dispose();
    // It looks again every twenty seconds.
    await wait(dueAt + MINUTE - 21 * SECOND - clock.now());
    assert.equal(browser.keyState(id).status, 'ok');
    await wait(42 * SECOND);
    assert.equal(browser.keyState(id).failure?.reason, 'secret-dropped');
  });

  it('without a secret says so at once where all windows have the same, or nobody has read the key', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await wait(SOON);
    const other = await another({ storage: new MemorySecrets() });
    assert.equal(other.keyState(id).failure?.reason, 'secret-forgotten');
    gateway.setScenario('unused', 'empty-500');
    const unread = await testWindow.addKey(gateway, 'unused');
    await wait(SOON);
    const browser = await another({ storage: new MemorySecrets(), secretsShared: false });
    assert.equal(browser.keyState(unread).failure?.reason, 'secret-dropped');
    assert.equal(browser.keyState(id).status, 'ok');
  });

  describe('when settings change', () => {
    const unit = () => new Map([[gateway.origin, { unit: 'CNY' } as const]]);
    const apply = async (window: TestWindow) => {
      window.settings = { ...window.settings, gateways: unit() };
      await window.monitor.applySettings(new Set([gateway.origin]));
    };

    it('lets the focused window ask first, and does not ask what that has', async () => {
      await testWindow.monitor.start();
      await testWindow.addKey(gateway, 'ok');
      const other = await another({ focused: false });
      await wait(SOON);
      assert.equal(calls(), 1);
      await Promise.all([apply(testWindow), apply(other)]);
      await wait(4 * SECOND);
      assert.equal(calls(), 2);
      await wait(4 * SECOND);
      assert.equal(calls(), 2);
    });

    it('asks without focus five seconds later, where no other window did', async () => {
      await testWindow.monitor.start();
      const id = await testWindow.addKey(gateway, 'ok');
      await wait(SOON);
      testWindow.focused = false;
      await apply(testWindow);
      await wait(5 * SECOND - 1);
      await settle();
      assert.equal(calls(), 1);
      await wait(1);
      await settle();
      await wait(SECOND);
      assert.equal(calls(), 2);
      assert.equal(testWindow.keyState(id).reading?.unit.code, 'CNY');
    });

    it('asks about nothing that has no figures, and nothing once it is disposed of', async () => {
      gateway.setScenario('unused', 'empty-500');
      await testWindow.monitor.start();
      await testWindow.addKey(gateway, 'unused');
      await wait(SOON);
      assert.equal(calls(), 1);
      await apply(testWindow);
      await wait(SOON);
      assert.equal(calls(), 1);
      gateway.setScenario('unused', 'ok');
      await wait(6 * MINUTE);
      const before = reserved();
      await apply(testWindow);
      testWindow.monitor.dispose();
      await clock.advance(SOON);
      await settle();
      assert.equal(reserved(), before);
    });
  });
});
