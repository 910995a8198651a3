import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { until } from '../../support/until.ts';

/** SecretStorage whose answers are kept back: all of them, or those about one name, until they are let go. */
class HangingSecrets extends MemorySecrets {
  hangs: (call: string, name: string) => boolean = () => false;
  /** Secrets stored and removed so far. */
  writes = 0;
  readonly #waiting: (() => void)[] = [];

  letGo(): void {
    this.hangs = () => false;
    for (const go of this.#waiting.splice(0)) go();
  }

  async #mayGo(call: string, name = ''): Promise<void> {
    if (this.hangs(call, name)) await new Promise<void>(go => this.#waiting.push(go));
  }

  override async keys(): Promise<string[]> {
    await this.#mayGo('keys');
    return super.keys();
  }
  override async get(name: string): Promise<string | undefined> {
    await this.#mayGo('get', name);
    return super.get(name);
  }
  override async store(name: string, value: string): Promise<void> {
    await this.#mayGo('store', name);
    await super.store(name, value);
    this.writes++;
  }
  override async delete(name: string): Promise<void> {
    await this.#mayGo('delete', name);
    await super.delete(name);
    this.writes++;
  }
}

/** As long as SecretStorage may take in these tests. */
const ANSWER_MS = 400;

describe('SecretStorage that does not answer', () => {
  let gateway: SampleGateway;
  let folder: string;
  let storage: HangingSecrets;
  let testWindow: TestWindow;
  let id: string;
  let other: string;

  const reopen = async () => {
    await testWindow.close();
    gateway.calls.length = 0;
    testWindow = new TestWindow({ folder, storage, answerMs: ANSWER_MS });
  };

  beforeEach(async () => {
    gateway = await startSampleGateway();
    folder = tempFolder();
    storage = new HangingSecrets();
    testWindow = new TestWindow({ folder, storage, answerMs: ANSWER_MS });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
    other = await testWindow.addKey(gateway, 'unused');
    await testWindow.monitor.refresh();
    await reopen();
  });

  afterEach(async () => {
    storage.letGo();
    await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  const isSaid = () => until(() => /is not responding/.test(testWindow.keyState(id).failure?.message ?? ''));

  it('about one key: says so at that key, asks about the others, and goes on when it answers', async () => {
    storage.hangs = (call, name) => call === 'get' && name.endsWith(id);
    await testWindow.monitor.start();
    assert.equal((await testWindow.refreshKey(other)).failure, undefined);
    await isSaid();
    assert.equal(testWindow.keyState(id).status, 'invalid', 'the old figure is not shown as current');
    assert.equal(testWindow.keyState(other).status, 'ok');
    // It ends, though the storage still hangs.
    await testWindow.monitor.refresh();
    storage.letGo();
    await until(() => testWindow.keyState(id).failure === undefined);
    assert.equal((await testWindow.refreshKey(id)).status, 'ok');
  });

  it('says so to a person who refreshes a key before that is known, though another window may ask', async () => {
    await testWindow.close();
    testWindow = new TestWindow({ folder, storage, answerMs: ANSWER_MS, secretsShared: false });
    storage.hangs = () => true;
    await testWindow.monitor.start();
    assert.equal(testWindow.keyState(id).failure, undefined);
    const { states } = await testWindow.monitor.refresh([id]);
    assert.match(states[0]?.failure?.message ?? '', /is not responding, so “.+” cannot be checked/);
    assert.equal(testWindow.keyState(other).failure, undefined, 'nobody wanted that one here');
    storage.letGo();
    await until(() => testWindow.keyState(id).failure === undefined);
  });

  it('about the names of entries: reads the entries all the same', async () => {
    storage.hangs = call => call === 'keys';
    await testWindow.monitor.start();
    await until(() => testWindow.monitor.snapshot.every(key => key.status === 'ok'));
    assert.equal((await testWindow.refreshKey(id)).status, 'ok');
  });

  it('about anything: starts, says so at every key, refuses changes with a sentence, and keeps nothing by halves', async () => {
    storage.hangs = () => true;
    await testWindow.monitor.start();
    await isSaid();
    assert.equal(testWindow.monitor.snapshot.length, 2);
    const record = testWindow.keyService.findById(id) ?? assert.fail();
    await assert.rejects(
      testWindow.addKey(gateway, 'model-limits'),
      /is not responding, so nothing was saved/,
    );
    await assert.rejects(
      testWindow.keyService.replaceSecret(record, gateway.secret('unused')),
      /is not responding/,
    );
    await assert.rejects(testWindow.keyService.remove(record), /is not responding, so the key .* is kept/);
    await testWindow.keyService.rename(record, 'Renamed');
    assert.equal(testWindow.keyState(id).label, 'Renamed');
    await assert.rejects(testWindow.orphanedSecretService.findOrphans());
  });

  it('until later, to a key that was not saved: leaves no secret of it', async () => {
    await testWindow.monitor.start();
    storage.hangs = call => call === 'store';
    await assert.rejects(testWindow.addKey(gateway, 'model-limits'), /nothing was saved/);
    const { writes } = storage;
    storage.letGo();
    await until(() => storage.writes === writes + 2);
    assert.deepEqual([...storage.entries.keys()].sort(), [`key:${id}`, `key:${other}`].sort());
  });

  it('until later, to another secret that was not saved: leaves the one before', async () => {
    await testWindow.monitor.start();
    const before = new Map(storage.entries);
    storage.hangs = call => call === 'store';
    const record = testWindow.keyService.findById(id) ?? assert.fail();
    await assert.rejects(
      testWindow.keyService.replaceSecret(record, gateway.secret('model-limits')),
      /is not responding/,
    );
    const { writes } = storage;
    storage.letGo();
    await until(() => storage.writes === writes + 2);
    assert.deepEqual(storage.entries, before);
  });

  for (const [what, trouble] of [
    ['does not answer', () => undefined],
    [
      'is locked',
      () => {
        storage.locked = true;
      },
    ],
  ] as const) {
    it(`until later, to another secret while it ${what}: leaves the new one in place of what could not be read`, async () => {
      trouble();
      storage.hangs = call => what === 'does not answer' || call === 'store';
      await testWindow.monitor.start();
      await until(() => testWindow.keyState(id).failure !== undefined);
      const record = testWindow.keyService.findById(id) ?? assert.fail();
      const secret = gateway.secret('model-limits');
      await assert.rejects(testWindow.keyService.replaceSecret(record, secret), /is not responding/);
      const { writes } = storage;
      storage.locked = false;
      storage.letGo();
      await until(() => storage.writes > writes);
      for (let count = 0; count < 20; count++) await turn();
      assert.equal(JSON.parse(storage.entries.get(`key:${id}`) ?? '{}').secret, secret);
      assert.equal((await testWindow.refreshKey(id)).status, 'ok');
    });
  }

  it('until later, to a key that was not removed: leaves its secret', async () => {
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    const before = new Map(storage.entries);
    storage.hangs = call => call === 'delete';
    const record = testWindow.keyService.findById(id) ?? assert.fail();
    await assert.rejects(testWindow.keyService.remove(record), /is not responding, so the key .* is kept/);
    const { writes } = storage;
    storage.letGo();
    await until(() => storage.writes === writes + 2);
    assert.deepEqual(storage.entries.get(`key:${id}`), before.get(`key:${id}`));
    assert.equal((await testWindow.refreshKey(id)).status, 'ok');
  });
});
