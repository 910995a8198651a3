import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

/** Long enough for a check to be started, answered and shown. */
const SOON = 3000;

describe('a window that cannot read a secret', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let folder: string;
  let storage: MemorySecrets;
  let testWindow: TestWindow;
  let id: string;

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);

  async function reopen(): Promise<void> {
    await testWindow.close();
    gateway.calls.length = 0;
    testWindow = new TestWindow({ clock, folder, storage });
  }

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    folder = tempFolder();
    storage = new MemorySecrets();
    testWindow = new TestWindow({ clock, folder, storage });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
    await testWindow.addKey(gateway, 'unused');
    await wait(SOON);
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  it('shows the last figures before it asks', async () => {
    await reopen();
    await testWindow.monitor.start();
    assert.equal(testWindow.keyState(id).status, 'ok');
    assert.equal(testWindow.keyState(id).reading?.quota?.remaining, 0.2);
    assert.deepEqual(gateway.calls, []);
  });

  describe('because it is gone', () => {
    let lost: [name: string, entry: string][];

    beforeEach(async () => {
      await reopen();
      lost = [...storage.entries].filter(([name]) => name.endsWith(id));
      storage.entries.delete(`key:${id}`);
      await testWindow.monitor.start();
      await wait(HOUR);
    });

    it('says to enter the key again, keeps the record and its figure, and asks nobody', () => {
      const state = testWindow.keyState(id);
      assert.equal(state.status, 'invalid');
      assert.match(state.failure?.message ?? '', /not stored on this machine\. Enter the key again/);
      assert.equal(state.nextCheckAt, undefined);
      assert.equal(state.reading?.quota?.remaining, 0.2);
      assert.equal(testWindow.keyService.findById(id)?.label, 'ok');
      assert.deepEqual(gateway.callsOf({ key: 'ok' }), []);
    });

    it('goes on when it comes back', async () => {
      for (const [name, entry] of lost) await storage.store(name, entry);
      await wait(SOON);
      assert.equal(testWindow.keyState(id).status, 'ok');
      assert.equal(gateway.callsOf({ key: 'ok', path: '/api/usage/token/' }).length, 1);
    });

    it('goes on when the key is entered again', async () => {
      await testWindow.keyService.restoreSecret(
        testWindow.keyService.findById(id) ?? assert.fail(),
        gateway.secret('ok'),
      );
      await wait(SOON);
      assert.equal(testWindow.keyState(id).status, 'ok');
    });
  });

  describe('because the key ring is locked', () => {
    beforeEach(async () => {
      await reopen();
      storage.locked = true;
      await testWindow.monitor.start();
      await wait(HOUR);
    });

    it('says so, and asks nobody', () => {
      assert.equal(testWindow.keyState(id).status, 'invalid');
      assert.match(testWindow.keyState(id).failure?.message ?? '', /could not be read.*Unlock the key ring/);
      assert.deepEqual(gateway.calls, []);
    });

    it('goes on with a refresh once it is unlocked', async () => {
      storage.locked = false;
      await testWindow.monitor.refresh([id]);
      assert.equal(testWindow.keyState(id).status, 'ok');
      assert.equal(gateway.callsOf({ key: 'ok', path: '/api/usage/token/' }).length, 1);
    });
  });

  it('an entry that is not ours counts as missing, and is left alone', async () => {
    await reopen();
    const name = `key:${id}`;
    for (const entry of ['not JSON', '{"secret":7}', 'null']) {
      storage.entries.set(name, entry);
      await testWindow.close();
      testWindow = new TestWindow({ clock, folder, storage });
      await testWindow.monitor.start();
      assert.match(testWindow.keyState(id).failure?.message ?? '', /Enter the key again/);
      assert.equal(storage.entries.get(name), entry);
    }
  });
});
