import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { until } from '../../support/until.ts';
import { World } from '../../support/world.ts';

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
  let world: World;
  let id: string;
  let other: string;

  const reopen = async () => {
    await world.close();
    gateway.calls.length = 0;
    world = new World({ folder, storage, answerMs: ANSWER_MS });
  };

  beforeEach(async () => {
    gateway = await startSampleGateway();
    folder = tempFolder();
    storage = new HangingSecrets();
    world = new World({ folder, storage, answerMs: ANSWER_MS });
    await world.monitor.start();
    id = await world.add(gateway, 'ok');
    other = await world.add(gateway, 'unused');
    await world.monitor.refresh();
    await reopen();
  });

  afterEach(async () => {
    storage.letGo();
    await world.close();
    await gateway.close();
    removeTempFolders();
  });

  const isSaid = () => until(() => /does not answer/.test(world.state(id).failure?.message ?? ''));

  it('about one key: says so at that key, asks about the others, and goes on when it answers', async () => {
    storage.hangs = (call, name) => call === 'get' && name.endsWith(id);
    await world.monitor.start();
    assert.equal((await world.refreshed(other)).failure, undefined);
    await isSaid();
    assert.equal(world.state(id).status, 'invalid', 'the old figure is not shown as current');
    assert.equal(world.state(other).status, 'ok');
    const began = performance.now();
    await world.monitor.refresh();
    assert.ok(performance.now() - began < ANSWER_MS * 10, 'nobody waits for it twice');
    storage.letGo();
    await until(() => world.state(id).failure === undefined);
    assert.equal((await world.refreshed(id)).status, 'ok');
  });

  it('about the names of entries: reads the entries all the same', async () => {
    storage.hangs = call => call === 'keys';
    await world.monitor.start();
    await until(() => world.monitor.snapshot.every(key => key.status === 'ok'));
    assert.equal((await world.refreshed(id)).status, 'ok');
  });

  it('about anything: starts, says so at every key, refuses changes with a sentence, and keeps nothing by halves', async () => {
    storage.hangs = () => true;
    await world.monitor.start();
    await isSaid();
    assert.equal(world.monitor.snapshot.length, 2);
    const record = world.keyService.findById(id) ?? assert.fail();
    await assert.rejects(world.add(gateway, 'model-limits'), /does not answer, so nothing was saved/);
    await assert.rejects(world.keyService.replaceSecret(record, gateway.secret('unused')), /does not answer/);
    await assert.rejects(world.keyService.remove(record), /does not answer, so the key .* is kept/);
    await world.keyService.rename(record, 'Renamed');
    assert.equal(world.state(id).label, 'Renamed');
    await assert.rejects(world.keyService.orphanedSecrets());
  });

  it('until later, to a key that was not saved: leaves no secret of it', async () => {
    await world.monitor.start();
    storage.hangs = call => call === 'store';
    await assert.rejects(world.add(gateway, 'model-limits'), /nothing was saved/);
    const { writes } = storage;
    storage.letGo();
    await until(() => storage.writes === writes + 2);
    assert.deepEqual([...storage.entries.keys()].sort(), [`key:${id}`, `key:${other}`].sort());
  });

  it('until later, to another secret that was not saved: leaves the one before', async () => {
    await world.monitor.start();
    const before = new Map(storage.entries);
    storage.hangs = call => call === 'store';
    const record = world.keyService.findById(id) ?? assert.fail();
    await assert.rejects(
      world.keyService.replaceSecret(record, gateway.secret('model-limits')),
      /does not answer/,
    );
    const { writes } = storage;
    storage.letGo();
    await until(() => storage.writes === writes + 2);
    assert.deepEqual(storage.entries, before);
  });
});
