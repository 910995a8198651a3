import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { Redactor } from '../../../../src/redaction/redactor.ts';
import { ProxyLogins } from '../../../../src/vscode/host/proxyLogins.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';

const PROXY = 'http://proxy.example:8080';
const LOGIN = { user: 'me', password: 'pass-A1s2D3f4' };
const NEWER = { user: 'me', password: 'pass-N5e6W7e8' };

/** A SecretStorage that counts what is read, and whose events come late, as those of VS Code do. */
class CountedSecrets extends MemorySecrets {
  reads = 0;
  /** While it is set, reads wait for it and give what was stored when they began. */
  silence?: Promise<void>;

  constructor(login?: object | string) {
    super();
    if (login) this.entries.set(`proxy:${PROXY}`, typeof login === 'string' ? login : JSON.stringify(login));
  }

  override async get(name: string): Promise<string | undefined> {
    this.reads++;
    const text = await super.get(name);
    await this.silence;
    return text;
  }
}

/** The same without events: what this window does itself has to count before they come. */
class QuietSecrets extends CountedSecrets {
  override readonly onDidChange = (() => ({ dispose: () => undefined })) as MemorySecrets['onDidChange'];
}

describe('logins at proxies', () => {
  it('are read once, also where there is none', async () => {
    for (const login of [LOGIN, undefined]) {
      const storage = new CountedSecrets(login);
      const logins = new ProxyLogins(storage, new Redactor());
      assert.deepEqual(await logins.read(PROXY), login);
      assert.deepEqual(await logins.read(PROXY), login);
      assert.equal(storage.reads, 1);
      await logins.read('http://other.example:1');
      assert.equal(storage.reads, 2);
    }
  });

  it('count at once as they are set and forgotten, before any event', async () => {
    const storage = new QuietSecrets(LOGIN);
    const logins = new ProxyLogins(storage, new Redactor());
    await logins.read(PROXY);
    await logins.write(PROXY, NEWER);
    assert.deepEqual(await logins.read(PROXY), NEWER);
    await logins.remove(PROXY);
    assert.equal(await logins.read(PROXY), undefined);
  });

  it('of another window count as soon as it tells', async () => {
    const storage = new CountedSecrets(LOGIN);
    const [mine, theirs] = [1, 2].map(() => new ProxyLogins(storage, new Redactor()));
    await mine?.read(PROXY);
    await theirs?.write(PROXY, NEWER);
    assert.deepEqual(await mine?.read(PROXY), NEWER);
    mine?.dispose();
    await theirs?.remove(PROXY);
    assert.deepEqual(await mine?.read(PROXY), NEWER, 'nobody listens any more');
  });

  it('are redacted from the moment they are known', async () => {
    const storage = new MemorySecrets();
    const redactors = [new Redactor(), new Redactor()] as const;
    const [first, second] = redactors.map(redactor => new ProxyLogins(storage, redactor));
    await first?.write(PROXY, LOGIN);
    await second?.read(PROXY);
    for (const redactor of redactors)
      assert.ok(!redactor.redact(`login ${LOGIN.password} refused`).includes(LOGIN.password));
  });

  it('are none where the entry has another form', async () => {
    for (const text of [
      'gibberish',
      'null',
      '"text"',
      '[]',
      '{}',
      '{"user":"me"}',
      '{"user":7,"password":"word"}',
      '{"password":"word"}',
      '{"user":"me","password":7}',
    ])
      assert.equal(
        await new ProxyLogins(new CountedSecrets(text), new Redactor()).read(PROXY),
        undefined,
        text,
      );
  });

  it('that come late do not take the place of newer ones', async () => {
    const storage = new QuietSecrets(LOGIN);
    const late = Promise.withResolvers<void>();
    storage.silence = late.promise;
    const logins = new ProxyLogins(storage, new Redactor(), () => 20);
    const isUnread = (error: unknown) =>
      error instanceof GatewayError && error.failure.reason === 'proxy-login-unread';
    await assert.rejects(logins.read(PROXY), isUnread);
    await assert.rejects(logins.read(PROXY), isUnread);
    assert.equal(storage.reads, 1, 'a key ring that hangs is not asked again');
    await logins.write(PROXY, NEWER);
    storage.silence = undefined;
    const newer = logins.read(PROXY);
    late.resolve();
    assert.deepEqual(await newer, NEWER);
    for (let count = 0; count < 5; count++) await turn();
    assert.deepEqual(await logins.read(PROXY), NEWER);
  });

  it('that could not be read are read again by the next request', async () => {
    const storage = new CountedSecrets(LOGIN);
    const logins = new ProxyLogins(storage, new Redactor());
    storage.locked = true;
    await assert.rejects(logins.read(PROXY), GatewayError);
    storage.locked = false;
    assert.deepEqual(await logins.read(PROXY), LOGIN);
  });
});
