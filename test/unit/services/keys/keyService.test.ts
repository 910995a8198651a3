import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import type { KeyDraft } from '../../../../src/services/keys/keyDraft.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { TestWindow } from '../../support/testWindow.ts';

/** What a window that dies in between leaves behind. */
const CRASH = new Error('The window died.');

describe('the key service', () => {
  let gateway: SampleGateway;
  let testWindow: TestWindow;

  beforeEach(async () => {
    gateway = await startSampleGateway();
    testWindow = new TestWindow();
    await testWindow.monitor.start();
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  const draft = (handle: string): KeyDraft => ({
    label: handle,
    kind: 'newApi',
    baseUrl: gateway.origin,
    credential: 'apiKey',
    secret: gateway.secret(handle),
  });
  const record = (id: string): KeyRecord => testWindow.keyService.findById(id) ?? assert.fail(`no key ${id}`);
  const entries = () => [...testWindow.storage.entries.values()].map(entry => JSON.parse(entry));

  describe('adds', () => {
    it('a record without the secret, and an entry that binds it to its origin', async () => {
      const id = await testWindow.keyService.add(draft('ok'));
      assert.ok(!JSON.stringify(testWindow.store.keys.allKeys()).includes('CANARY'));
      assert.deepEqual(entries(), [
        {
          secret: gateway.secret('ok'),
          origin: gateway.origin,
          credential: 'apiKey',
          kind: 'newApi',
          label: 'ok',
        },
      ]);
      assert.deepEqual([...testWindow.storage.entries.keys()], [`key:${id}`]);
      assert.equal(record(id).pinned, false);
    });

    it('a key that begins like its host, whose address stays readable', async () => {
      const origin = 'https://relayexample.com';
      const secret = gateway.secret('ok').replace('sk-', 'sk-relayexample');
      const id = await testWindow.keyService.add({
        ...draft('ok'),
        label: 'relayexample.com',
        baseUrl: origin,
        secret,
      });
      assert.equal(
        redactor.redact(`${record(id).label} at ${record(id).baseUrl}`),
        `relayexample.com at ${origin}`,
      );
      assert.equal(redactor.redact(`${origin}/?of=${secret}`), `${origin}/?of=‹secret›`);
    });

    it('a key that begins like the path of its base URL, which stays readable', async () => {
      const baseUrl = 'https://gw.example/pathofteam/newapi';
      const secret = gateway.secret('ok').replace('sk-', 'sk-pathofteam');
      const id = await testWindow.keyService.add({ ...draft('ok'), baseUrl, secret });
      assert.equal(redactor.redact(`at ${record(id).baseUrl}.`), `at ${baseUrl}.`);
    });

    it('no key whose name or address holds it', async () => {
      const secret = gateway.secret('ok');
      const inHost = `https://${secret
        .toLowerCase()
        .replace(/[^a-z0-9-]/g, '-')
        .slice(0, 60)}.example`;
      for (const wrong of [{ label: `my ${secret}` }, { baseUrl: inHost }]) {
        await assert.rejects(
          testWindow.keyService.add({ ...draft('ok'), ...wrong }),
          /must not contain the key itself/,
        );
      }
      assert.deepEqual(testWindow.store.keys.allKeys(), []);
    });

    it('the entry before the record, so that no secret is ever unknown', async () => {
      const store = testWindow.storage.store;
      testWindow.storage.store = () => Promise.reject(CRASH);
      await assert.rejects(testWindow.keyService.add(draft('ok')));
      assert.deepEqual(testWindow.store.keys.allKeys(), []);
      testWindow.storage.store = store;
    });

    it('a key with what its try-out brought, and does not ask a second time at once', async () => {
      const outcome = await testWindow.keyService.checkDraft(draft('ok'));
      assert.equal(outcome.reading?.quota?.remaining, 0.2);
      assert.deepEqual(testWindow.store.keys.allKeys(), [], 'a try-out saves nothing');
      const id = await testWindow.keyService.add(draft('ok'), outcome);
      await testWindow.monitor.idle();
      assert.equal(testWindow.keyState(id).status, 'ok');
      assert.equal(gateway.callsOf({ key: 'ok', path: '/api/usage/token/' }).length, 1);
    });

    it('a key whose next check is one that a person asked for, for an hour, where it was not tried out', async () => {
      testWindow.monitor.dispose();
      const isAsked = (id: string, minutes: number) =>
        testWindow.store.waiting.waitingChecks(Date.now() + minutes * 60_000).has(id);
      const id = await testWindow.keyService.add(draft('ok'));
      assert.deepEqual([isAsked(id, 0), isAsked(id, 61)], [true, false]);
      const outcome = await testWindow.keyService.checkDraft(draft('low'));
      assert.equal(isAsked(await testWindow.keyService.add(draft('low'), outcome), 0), false);
    });

    it('a key whose try-out failed, as it is', async () => {
      const outcome = await testWindow.keyService.checkDraft(draft('invalid-401'));
      assert.equal(outcome.failure?.class, 'bad-key');
      const id = await testWindow.keyService.add(draft('invalid-401'), outcome);
      assert.equal(testWindow.keyState(id).status, 'invalid');
    });
  });

  it('a try-out takes its secret out of every text from then on', async () => {
    // Without the mark of made-up secrets, of which a part could be known from another one by chance.
    const secret = 'vQ7xJ2mK9wT4zP8nL5bR';
    assert.equal(redactor.redact(`It says ${secret}.`), `It says ${secret}.`);
    await testWindow.keyService.checkDraft({ ...draft('ok'), secret });
    assert.equal(redactor.redact(`It says ${secret}.`), 'It says ‹secret›.');
  });

  it('a try-out of a kind nobody knows fails, and asks nobody', async () => {
    const { failure } = await testWindow.keyService.checkDraft({ ...draft('ok'), kind: 'fromTheFuture' });
    assert.equal(failure?.reason, 'unknown-kind');
    assert.deepEqual(gateway.calls, []);
  });

  it('a try-out that is called off throws, and says nothing of the secret', async () => {
    await assert.rejects(
      testWindow.keyService.checkDraft(draft('ok'), AbortSignal.abort()),
      (error: Error) => {
        assert.equal(error.name, 'AbortError');
        return !String(error.stack).includes('CANARY');
      },
    );
  });

  it('finds the same secret at the same origin, and no other', async () => {
    const id = await testWindow.keyService.add(draft('ok'));
    assert.equal(testWindow.keyService.duplicateOf(draft('ok'))?.id, id);
    assert.equal(testWindow.keyService.duplicateOf(draft('unused')), undefined);
    assert.equal(
      testWindow.keyService.duplicateOf({ ...draft('ok'), baseUrl: 'https://gw.example' }),
      undefined,
    );
  });

  it('renames the record and the entry, and keeps the secret', async () => {
    const id = await testWindow.keyService.add(draft('ok'));
    await testWindow.keyService.rename(record(id), 'CI');
    assert.equal(testWindow.keyState(id).label, 'CI');
    assert.equal(entries()[0].label, 'CI');
    assert.equal(entries()[0].secret, gateway.secret('ok'));
  });

  it('takes no new name that holds the key', async () => {
    const id = await testWindow.keyService.add(draft('ok'));
    await assert.rejects(
      testWindow.keyService.rename(record(id), `my ${gateway.secret('ok')}`),
      /must not contain the key itself/,
    );
    assert.deepEqual([record(id).label, entries()[0].label], ['ok', 'ok']);
  });

  it('lets a secret stand in a URL after a yes, which goes with the secret', async () => {
    const id = await testWindow.keyService.add(draft('ok'));
    assert.equal(await testWindow.keyService.mayStandInUrl(record(id)), false);
    await testWindow.keyService.letStandInUrl(record(id));
    assert.equal(await testWindow.keyService.mayStandInUrl(record(id)), true);
    assert.equal(entries()[0].secret, gateway.secret('ok'));
    await testWindow.keyService.replaceSecret(record(id), gateway.secret('unused'));
    assert.equal(await testWindow.keyService.mayStandInUrl(record(id)), false);
    await testWindow.storage.delete(`key:${id}`);
    await testWindow.keyService.letStandInUrl(record(id));
    assert.equal(await testWindow.keyService.mayStandInUrl(record(id)), false);
    assert.equal(testWindow.storage.entries.size, 0);
  });

  it('stores a secret again that this machine has lost, and replaces none that it has', async () => {
    const id = await testWindow.keyService.add(draft('ok'));
    await testWindow.keyService.restoreSecret(record(id), gateway.secret('unused'));
    assert.equal(entries()[0].secret, gateway.secret('ok'));
    await testWindow.storage.delete(`key:${id}`);
    await testWindow.keyService.restoreSecret(record(id), gateway.secret('unused'));
    assert.equal(entries()[0].secret, gateway.secret('unused'));
  });

  it('deletes secrets without a record, and none that got one meanwhile', async () => {
    const entry = { ...draft('ok'), label: 'left over' };
    for (const id of ['first', 'second']) testWindow.storage.entries.set(`key:${id}`, JSON.stringify(entry));
    const orphans = await testWindow.orphanedSecretService.findOrphans();
    assert.deepEqual(orphans.map(({ id }) => id).sort(), ['first', 'second']);
    await testWindow.orphanedSecretService.adopt(orphans.filter(({ id }) => id === 'first'));
    await testWindow.orphanedSecretService.discard(orphans);
    assert.deepEqual([...testWindow.storage.entries.keys()], ['key:first']);
    assert.equal(testWindow.keyState('first').label, 'left over');
  });

  it('pins and unpins', async () => {
    const id = await testWindow.keyService.add(draft('ok'));
    await testWindow.keyService.pin(record(id), true);
    assert.equal(testWindow.keyState(id).pinned, true);
    await testWindow.keyService.pin(record(id), false);
    assert.equal(testWindow.keyState(id).pinned, false);
  });

  describe('replaces a secret', () => {
    it('in the entry, and forgets what was known of the old one', async () => {
      const id = await testWindow.keyService.add(
        draft('ok'),
        await testWindow.keyService.checkDraft(draft('ok')),
      );
      gateway.setScenario('unused', 'empty-500');
      await testWindow.keyService.replaceSecret(record(id), gateway.secret('unused'));
      await testWindow.monitor.idle();
      assert.equal(entries()[0].secret, gateway.secret('unused'));
      assert.equal(testWindow.keyState(id).reading, undefined);
      assert.equal(testWindow.keyService.duplicateOf(draft('unused'))?.id, id);
      assert.equal(testWindow.keyService.duplicateOf(draft('ok')), undefined);
    });

    it('and puts the old one back where the record cannot be written', async () => {
      const id = await testWindow.keyService.add(draft('ok'));
      const { fingerprint } = record(id);
      const setFingerprint = testWindow.store.keys.setFingerprint;
      testWindow.store.keys.setFingerprint = () => {
        throw CRASH;
      };
      await assert.rejects(testWindow.keyService.replaceSecret(record(id), gateway.secret('unused')), CRASH);
      testWindow.store.keys.setFingerprint = setFingerprint;
      assert.equal(entries()[0].secret, gateway.secret('ok'));
      assert.equal(record(id).fingerprint, fingerprint);
    });

    it('entry first: a window that dies in between leaves the old record', async () => {
      const id = await testWindow.keyService.add(draft('ok'));
      const { fingerprint } = record(id);
      const store = testWindow.storage.store;
      testWindow.storage.store = () => Promise.reject(CRASH);
      await assert.rejects(testWindow.keyService.replaceSecret(record(id), gateway.secret('unused')));
      assert.equal(record(id).fingerprint, fingerprint);
      testWindow.storage.store = store;
    });
  });

  describe('removes', () => {
    it('the secret, the record and all that was known', async () => {
      const id = await testWindow.keyService.add(draft('ok'));
      await testWindow.monitor.idle();
      await testWindow.keyService.remove(record(id));
      assert.equal(testWindow.storage.entries.size, 0);
      assert.equal(testWindow.keyService.findById(id), undefined);
      assert.deepEqual(testWindow.store.states.allStates(), []);
      assert.deepEqual(testWindow.monitor.snapshot, []);
    });

    it('the secret first: a window that dies in between leaves a key that says what it misses', async () => {
      const id = await testWindow.keyService.add(draft('ok'));
      const remove = testWindow.store.keys.removeKey;
      testWindow.store.keys.removeKey = () => {
        throw CRASH;
      };
      await assert.rejects(testWindow.keyService.remove(record(id)), CRASH);
      testWindow.store.keys.removeKey = remove;
      assert.equal(testWindow.storage.entries.size, 0);
      await testWindow.monitor.reload();
      assert.match(testWindow.keyState(id).failure?.message ?? '', /Enter the key again/);
    });
  });
});
