import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { databasePath } from '../../../../src/store/database.ts';
import { type Host, startHost } from '../../../sampleGateways/mount.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { entryIn010, idsIn010, readIn010, urlIn010 } from '../../support/version010.ts';

describe('keys of gateways that are mounted below paths', () => {
  let other: SampleGateway;
  let storage: MemorySecrets;
  let folder: string;
  let host: Host;
  let setup: TestSetup;
  let a: string;
  let b: string;

  beforeEach(async () => {
    const clock = new ManualClock();
    const start = (options = {}) => startSampleGateway({ clock: clock.now, ...options });
    const first = await start();
    other = await start({ status: { quota_display_type: 'CNY' } });
    host = await startHost({ '/a': first, '/b': other });
    folder = tempFolder();
    storage = new MemorySecrets();
    setup = TestSetup.withGateway(first, clock, { folder, storage });
    [a, b] = [`${host.origin}/a`, `${host.origin}/b`];
  });

  afterEach(async () => {
    await setup.close();
    await other.close();
    await host.close();
    removeTempFolders();
  });

  const add = (baseUrl: string) => setup.testWindow.keyService.add(setup.key('ok', { baseUrl }));

  it('of one secret at two base URLs of a host are two keys, each with its own figures and unit', async () => {
    other.setScenario('ok', { holds: { remain: 1_000_000 } });
    setup.gateway.setScenario('ok', { holds: { remain: 500_000 } });
    const [first, second] = [await add(a), await add(b)];
    const [one, two] = [await setup.testWindow.refreshKey(first), await setup.testWindow.refreshKey(second)];
    assert.deepEqual(
      [one, two].map(({ origin, baseUrl, reading }) => [origin, baseUrl, reading?.unit.code]),
      [
        [host.origin, a, 'USD'],
        [host.origin, b, 'CNY'],
      ],
    );
    assert.equal(one.reading?.quota?.remaining, 1);
    assert.notEqual(two.reading?.quota?.remaining, 1);
    assert.deepEqual(host.rootCalls, []);
  });

  it('have a request budget for each base URL, since they may be two servers', async () => {
    const [{ id }] = [
      await setup.add(setup.key('ok', { baseUrl: a })),
      await setup.add(setup.key('ok', { baseUrl: b })),
    ];
    await setup.testWindow.refreshKey(id);
    const sent = (place: string) => setup.testWindow.store.requests.sentSince(place, 'scarce', 0).length;
    assert.deepEqual([a, b, host.origin].map(sent), [1, 0, 0]);
  });

  it('are held back at one base URL by its 429, and asked at the other', async () => {
    setup.gateway.setReply('GET /api/usage/token/', {
      status: 429,
      headers: { 'retry-after': '600' },
      body: '',
    });
    const [first, second] = [await add(a), await add(b)];
    const { requests } = setup.testWindow.store;
    await setup.testWindow.refreshKey(first);
    assert.ok((requests.heldUntil(a, 'scarce') ?? 0) > setup.clock.now());
    assert.equal(requests.heldUntil(b, 'scarce'), undefined);
    assert.equal((await setup.testWindow.refreshKey(second)).status, 'ok');
  });

  it('take the settings of their base URL, and none of their origin’s units', async () => {
    const units = new Map([
      [host.origin, { unit: 'USD' } as const],
      [a, { unit: 'units' } as const],
    ]);
    const code = async (baseUrl: string) => (await setup.read(setup.key('ok', { baseUrl }))).unit.code;
    setup.testWindow.settings = { ...setup.testWindow.settings, gateways: units };
    assert.deepEqual([await code(a), await code(b)], ['UNITS', 'CNY']);
  });

  it('are asked again where the settings of their base URL change, or the route of their origin', async () => {
    await setup.testWindow.monitor.start();
    const { id } = await setup.add(setup.key('ok', { baseUrl: a }));
    await setup.testWindow.refreshKey(id);
    const asked = async (changed: string) => {
      host.mountedCalls.length = 0;
      await setup.testWindow.monitor.applySettings(new Set([changed]));
      await setup.clock.advance(1_000, async () => {
        await setup.testWindow.monitor.refresh([]);
        await setup.testWindow.monitor.idle();
      });
      return host.mountedCalls.length > 0;
    };
    assert.deepEqual([await asked(a), await asked(host.origin), await asked(b)], [true, true, false]);
  });

  it('come back after a restart, and are gone with their secrets when they are removed', async () => {
    const id = await add(a);
    assert.deepEqual([...storage.entries.keys()], [`keyBelowPath:${id}`]);
    await setup.restart();
    assert.equal((await setup.testWindow.refreshKey(id)).status, 'ok');
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.rename(record, 'Renamed');
    assert.deepEqual([...storage.entries.keys()], [`keyBelowPath:${id}`]);
    await setup.testWindow.keyService.replaceSecret(record, setup.gateway.secret('exhausted'));
    assert.deepEqual([...storage.entries.keys()], [`keyBelowPath:${id}`]);
    await setup.testWindow.keyService.remove(record);
    assert.deepEqual([...storage.entries.keys()], []);
  });

  it('are rebuilt from their secrets with their base URLs, where the database was lost', async () => {
    const id = await add(a);
    await setup.testWindow.close();
    writeFileSync(databasePath(folder), 'x'.repeat(8192));
    await setup.restart();
    await setup.testWindow.orphanedSecretService.restoreRecords();
    assert.equal(setup.testWindow.keyService.findById(id)?.baseUrl, a);
    assert.equal((await setup.testWindow.refreshKey(id)).status, 'ok');
    assert.deepEqual(host.rootCalls, []);
  });

  it('are asked below the path that their secret was stored with, whatever the database says', async () => {
    const id = await add(a);
    for (const wrong of [host.origin, b]) {
      await setup.testWindow.close();
      const database = new DatabaseSync(databasePath(folder));
      database.prepare('UPDATE keys SET origin = ?').run(wrong);
      database.close();
      await setup.restart();
      host.mountedCalls.length = 0;
      await setup.testWindow.refreshKey(id);
      assert.equal(setup.testWindow.keyService.findById(id)?.baseUrl, a);
      assert.ok(host.mountedCalls.every(({ path }) => path.startsWith('/a/')));
    }
    assert.deepEqual(host.rootCalls, []);
  });

  it('have their own entry read, whatever an earlier version has stored beside it', async () => {
    const id = await add(a);
    const entry = JSON.parse(storage.entries.get(`keyBelowPath:${id}`) ?? '{}');
    storage.entries.set(`key:${id}`, JSON.stringify({ ...entry, origin: host.origin, baseUrl: undefined }));
    await setup.restart();
    assert.equal((await setup.testWindow.refreshKey(id)).baseUrl, a);
    assert.deepEqual(host.rootCalls, []);
  });

  describe('in version 0.1.0', () => {
    it('have no secret, so that none is sent to the root', async () => {
      const id = await add(a);
      const atRoot = await setup.testWindow.keyService.add(
        setup.key('ok', { baseUrl: setup.gateway.origin }),
      );
      assert.deepEqual(await idsIn010(storage), [atRoot]);
      assert.equal(await readIn010(storage, id), undefined);
      const read = (await readIn010(storage, atRoot)) ?? assert.fail();
      assert.equal(urlIn010(read, '/api/status').href, `${setup.gateway.origin}/api/status`);
    });

    it('have an entry that it could not read under any name', async () => {
      const id = await add(a);
      const text = storage.entries.get(`keyBelowPath:${id}`) ?? assert.fail();
      assert.equal(entryIn010(text), undefined);
    });

    it('have a record of which it sends nothing anywhere, should a person enter the secret there again', async () => {
      await add(a);
      await setup.testWindow.close();
      const database = new DatabaseSync(databasePath(folder));
      const origin = String(database.prepare('SELECT origin FROM keys').get()?.origin);
      database.close();
      assert.throws(() => urlIn010({ secret: 'x', origin }, '/api/status'), /never leaves/);
      await setup.restart();
    });
  });
});
