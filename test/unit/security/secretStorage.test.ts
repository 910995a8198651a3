import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { MINUTE } from '../support/samples.ts';
import { TestWindow, type TestWindowOptions } from '../support/testWindow.ts';

/** SecretStorage as it behaves when things go wrong, seen in VS Code 1.139. */
class FailingSecrets extends MemorySecrets {
  /** Keys whose entry cannot be decrypted: VS Code deletes it and returns nothing. */
  readonly undecryptable = new Set<string>();
  refusesWrites = false;
  refusesDeletes = false;

  override async get(key: string): Promise<string | undefined> {
    if (this.undecryptable.delete(key)) {
      await super.delete(key);
      return undefined;
    }
    return super.get(key);
  }

  override async store(key: string, value: string): Promise<void> {
    if (this.refusesWrites) throw new Error(`Cannot write ${value} to the key ring`);
    await super.store(key, value);
  }

  override async delete(key: string): Promise<void> {
    if (this.refusesDeletes) throw new Error('The key ring is locked.');
    await super.delete(key);
  }
}

describe('when SecretStorage fails', () => {
  let gateway: SampleGateway;
  let folder: string;
  let storage: FailingSecrets;
  let testWindow: TestWindow;
  let id: string;

  beforeEach(async () => {
    gateway = await startSampleGateway();
    folder = tempFolder();
    storage = new FailingSecrets();
    testWindow = new TestWindow({ folder, storage });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
    await testWindow.refreshKey(id);
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  /** A key whose secret can be read, asked just now, so that it is not asked again when the window restarts. */
  const addOther = async () => {
    await testWindow.refreshKey(await testWindow.addKey(gateway, 'model-limits'));
  };

  const restart = async (options: TestWindowOptions = {}) => {
    await testWindow.close();
    gateway.calls.length = 0;
    testWindow = new TestWindow({ folder, storage, ...options });
    await testWindow.monitor.start();
  };

  /** Each ends in the same way: the key works again, with its record, name and figures. */
  const replaceAndCheck = async () => {
    const record = testWindow.keyService.findById(id) ?? assert.fail('the record is gone');
    await testWindow.keyService.replaceSecret(record, gateway.secret('ok'));
    assert.equal((await testWindow.refreshKey(id)).status, 'ok');
  };

  const says = (sentence: RegExp) => {
    const { status, failure, reading } = testWindow.keyState(id);
    assert.equal(status, 'invalid');
    assert.match(failure?.message ?? '', sentence);
    assert.equal(reading?.quota?.remaining, 0.2, 'the last figure is kept');
    assert.deepEqual(gateway.calls, [], 'nobody is asked without a secret');
  };

  it('a locked key ring: says to unlock it, and goes on once it is', async () => {
    storage.locked = true;
    await restart();
    says(/Unlock the key ring/);
    storage.locked = false;
    assert.equal((await testWindow.refreshKey(id)).status, 'ok');
  });

  it('memory alone: says that a key ring is missing', async () => {
    storage.entries.clear();
    await restart();
    says(/keeps secrets only in memory\. Set up the system’s key ring/);
    await replaceAndCheck();
  });

  it('decryption lost: says so, also after VS Code has told of the deletion', async () => {
    await addOther();
    storage.undecryptable.add(`key:${id}`);
    await restart();
    says(/can no longer be decrypted/);
    await testWindow.monitor.reload();
    says(/can no longer be decrypted/);
    await replaceAndCheck();
  });

  it('an entry that is not ours any more: counts as not decrypted', async () => {
    storage.entries.set(`key:${id}`, 'gibberish');
    await restart();
    says(/can no longer be decrypted/);
    await replaceAndCheck();
  });

  it('a browser’s other window has dropped it: says why', async () => {
    await addOther();
    storage.entries.delete(`key:${id}`);
    // For some time another window may still be able to read the secret.
    await restart({ secretsShared: false, clock: new ManualClock(Date.now() + 10 * MINUTE) });
    says(/one copy of all secrets per window.*Close other windows/);
    await replaceAndCheck();
  });

  it('only this one is gone: says to enter it again', async () => {
    await addOther();
    storage.entries.delete(`key:${id}`);
    await restart();
    says(/is not stored on this machine\. Enter the key again/);
    await replaceAndCheck();
  });

  describe('to take a secret', () => {
    beforeEach(() => {
      storage.refusesWrites = true;
    });

    const refused = (error: Error) =>
      /did not accept the secret of “model-limits”, so nothing was saved\. Unlock/.test(error.message) &&
      !String(error.stack).includes('CANARY') &&
      error.cause === undefined;

    it('nothing is saved, anywhere else neither, and a sentence says so', async () => {
      await assert.rejects(testWindow.addKey(gateway, 'model-limits'), refused);
      assert.equal(testWindow.monitor.snapshot.length, 1);
      assert.equal(storage.entries.size, 1);
    });

    it('a new secret is not taken for the old one', async () => {
      const before = storage.entries.get(`key:${id}`);
      const record = testWindow.keyService.findById(id) ?? assert.fail();
      await assert.rejects(
        testWindow.keyService.replaceSecret(record, gateway.secret('model-limits')),
        /nothing was saved/,
      );
      assert.equal(storage.entries.get(`key:${id}`), before);
      assert.equal(testWindow.keyService.findById(id)?.fingerprint, record.fingerprint);
    });

    it('a key is renamed all the same', async () => {
      await testWindow.keyService.rename(testWindow.keyService.findById(id) ?? assert.fail(), 'new name');
      assert.equal(testWindow.keyState(id).label, 'new name');
    });
  });

  it('to delete a secret: the key is kept, and a sentence says so', async () => {
    storage.refusesDeletes = true;
    const record = testWindow.keyService.findById(id) ?? assert.fail();
    await assert.rejects(testWindow.keyService.remove(record), /could not be deleted.*Unlock/);
    assert.equal(testWindow.keyState(id).label, 'ok');
    storage.refusesDeletes = false;
    await testWindow.keyService.remove(record);
    assert.equal(storage.entries.size, 0);
  });
});
