import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, it } from 'mocha';
import type { StoredSecret } from '../../../../src/core/ports/secrets.ts';
import { Redactor } from '../../../../src/redaction/redactor.ts';
import { SecretLookups } from '../../../../src/services/polling/secretLookups.ts';
import { StoredSecrets } from '../../../../src/vscode/host/secrets.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { until } from '../../support/until.ts';

const ENTRY: StoredSecret = {
  secret: 'sk-late-Q1w2E3r4T5y6',
  baseUrl: 'https://gw.example',
  credential: 'apiKey',
  kind: 'newApi',
  label: 'Late',
};
const ANSWER_MS = 50;

/** A key ring that keeps back what it is asked for, until it is let go. */
class SlowSecrets extends MemorySecrets {
  readonly #late = Promise.withResolvers<void>();
  readonly #call: 'get' | 'keys';

  constructor(call: 'get' | 'keys') {
    super();
    this.#call = call;
    this.entries.set('key:here', JSON.stringify(ENTRY));
  }

  letGo(): void {
    this.#late.resolve();
  }

  override async keys(): Promise<string[]> {
    if (this.#call === 'keys') await this.#late.promise;
    return super.keys();
  }

  override async get(name: string): Promise<string | undefined> {
    if (this.#call === 'get') await this.#late.promise;
    return super.get(name);
  }
}

const secretsIn = (storage: SlowSecrets) =>
  new StoredSecrets(storage, new Redactor(), { shared: true, deadlineMs: ANSWER_MS });

/** What a promise comes to without waiting for anything. */
async function atOnce<T>(promise: Promise<T>): Promise<T | 'waits'> {
  const turns = async () => {
    for (let count = 0; count < 10; count++) await turn();
    return 'waits' as const;
  };
  return Promise.race([promise, turns()]);
}

describe('a secret that comes late', () => {
  it('is waited for once, and told of when it comes', async () => {
    const storage = new SlowSecrets('get');
    const secrets = secretsIn(storage);
    const told: string[] = [];
    secrets.onDidChange(id => told.push(id));
    assert.equal(await secrets.read('here'), 'unanswered');
    assert.equal(await atOnce(secrets.read('here')), 'unanswered');
    assert.deepEqual(told, []);
    storage.letGo();
    await until(() => told.length > 0);
    assert.deepEqual(told, ['here']);
    assert.deepEqual(await atOnce(secrets.read('here')), ENTRY);
  });

  it('is asked for once', async () => {
    const storage = new SlowSecrets('get');
    const secrets = secretsIn(storage);
    let told = 0;
    secrets.onDidChange(() => told++);
    assert.equal(await secrets.read('here'), 'unanswered');
    storage.letGo();
    await until(() => told > 0);
    storage.entries.clear();
    assert.deepEqual(await secrets.read('here'), ENTRY);
  });

  it('does not take the place of one that was written meanwhile', async () => {
    const storage = new SlowSecrets('get');
    // In this window alone nobody tells of a write.
    Object.assign(storage, { onDidChange: () => ({ dispose: () => undefined }) });
    const secrets = secretsIn(storage);
    let told = 0;
    secrets.onDidChange(() => told++);
    assert.equal(await secrets.read('here'), 'unanswered');
    const newer = { ...ENTRY, secret: 'sk-newer-A1s2D3f4G5h6' };
    await secrets.write('here', newer);
    assert.deepEqual(await secrets.read('here'), newer);
    storage.entries.set('key:here', JSON.stringify(ENTRY));
    storage.letGo();
    await until(() => told > 0);
    assert.deepEqual(await secrets.read('here'), newer);
  });

  it('that never came is told of once it fails', async () => {
    const storage = new SlowSecrets('get');
    const secrets = secretsIn(storage);
    let told = 0;
    secrets.onDidChange(() => told++);
    assert.equal(await secrets.read('here'), 'unanswered');
    storage.locked = true;
    storage.letGo();
    await until(() => told > 0);
    assert.equal(await secrets.read('here'), 'unreadable');
    storage.locked = false;
    assert.deepEqual(await secrets.read('here'), ENTRY);
  });

  it('does not delay others', async () => {
    const late = Promise.withResolvers<'missing'>();
    let calls = 0;
    const read = (id: string) => (id === 'late' ? late.promise : Promise.resolve(ENTRY));
    const lookups = new SecretLookups({ read } as unknown as StoredSecrets, () => calls++);
    await lookups.readAll(['late', 'here']);
    assert.deepEqual(lookups.resultFor('here'), ENTRY);
    assert.equal(lookups.resultFor('late'), undefined);
    late.resolve('missing');
    await until(() => calls === 1);
    assert.equal(lookups.resultFor('late'), 'missing');
  });
});

describe('names of secrets that come late', () => {
  it('are waited for once, and count again when they come', async () => {
    const storage = new SlowSecrets('keys');
    storage.entries.set('key:broken', 'what nobody can read');
    const secrets = secretsIn(storage);
    assert.deepEqual(await secrets.read('here'), ENTRY);
    assert.equal(await atOnce(secrets.read('gone')), 'missing');
    storage.letGo();
    await turn();
    // It was stored when this window first looked, and VS Code throws away what it cannot decrypt.
    storage.entries.delete('key:broken');
    assert.equal(await secrets.read('broken'), 'undecryptable');
  });

  it('that cannot be listed are listed again by the next read', async () => {
    const storage = new MemorySecrets();
    storage.entries.set('key:here', JSON.stringify(ENTRY));
    storage.entries.set('key:broken', 'what nobody can read');
    const { keys } = storage;
    storage.keys = () => Promise.reject(new Error('locked'));
    const secrets = new StoredSecrets(storage, new Redactor(), { shared: true, deadlineMs: ANSWER_MS });
    assert.equal(await secrets.read('here'), 'unreadable');
    storage.keys = keys;
    assert.deepEqual(await secrets.read('here'), ENTRY);
    storage.entries.delete('key:broken');
    assert.equal(await secrets.read('broken'), 'undecryptable');
  });

  it('are not needed, as in editors that cannot list them', async () => {
    const storage = new MemorySecrets();
    storage.entries.set('key:here', JSON.stringify(ENTRY));
    storage.entries.set('key:broken', 'what nobody can read');
    Object.assign(storage, { keys: undefined });
    const secrets = new StoredSecrets(storage, new Redactor(), { shared: true, deadlineMs: ANSWER_MS });
    assert.deepEqual(await secrets.read('here'), ENTRY);
    assert.equal(await secrets.read('broken'), 'undecryptable');
    assert.equal(await secrets.read('gone'), 'missing');
    assert.deepEqual(await secrets.ids(), []);
  });
});

describe('a secret that was removed', () => {
  it('is gone at once, before VS Code tells of it', async () => {
    const storage = new MemorySecrets();
    storage.entries.set('key:here', JSON.stringify(ENTRY));
    storage.entries.set('key:other', JSON.stringify(ENTRY));
    const secrets = new StoredSecrets(storage, new Redactor(), { shared: true, deadlineMs: ANSWER_MS });
    assert.deepEqual(await secrets.read('here'), ENTRY);
    await secrets.remove('here');
    assert.notDeepEqual(await secrets.read('here'), ENTRY);
    assert.deepEqual(await secrets.ids(), ['other']);
  });
});
