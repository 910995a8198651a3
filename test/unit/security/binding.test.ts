import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { TestSetup } from '../support/testSetup.ts';

describe('a key whose record in the database says another address', () => {
  let setup: TestSetup;
  let elsewhere: SampleGateway;
  let id: string;

  beforeEach(async () => {
    const folder = tempFolder();
    elsewhere = await startSampleGateway();
    setup = await TestSetup.open({}, { folder, storage: new MemorySecrets() });
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.refreshKey(id);
    const database = new DatabaseSync(databasePath(folder));
    database.prepare('UPDATE keys SET origin = ?').run(elsewhere.origin);
    database.close();
    await setup.restart();
    setup.gateway.calls.length = 0;
  });

  afterEach(async () => {
    await setup.close();
    await elsewhere.close();
    removeTempFolders();
  });

  it('is checked at the address that its secret was stored with, and nowhere else', async () => {
    assert.equal(
      setup.testWindow.keyState(id).origin,
      setup.gateway.origin,
      'which is what people see again',
    );
    assert.ok(
      setup.testWindow.logLines.some(line => line.includes(elsewhere.origin)),
      'and the log says what was there',
    );
    await setup.testWindow.refreshKey(id);
    assert.equal(setup.gateway.calls.at(-1)?.key, 'ok');
    assert.deepEqual(elsewhere.calls, []);
  });

  it('is asked about its usage there as well', async () => {
    await setup.run('queryUsage', { key: id, from: '2026-06-01', to: '2026-06-02' });
    assert.ok(setup.gateway.calls.some(({ key }) => key === 'ok'));
    assert.deepEqual(elsewhere.calls, []);
  });

  it('has its calls counted against that address', async () => {
    const sent = () =>
      setup.testWindow.store.requests.sentSince(setup.gateway.origin, 'general', setup.clock.now() - 1)
        .length;
    const before = sent();
    await setup.testWindow.refreshKey(id);
    // The site’s status, the key’s use and its limit: a person’s refresh asks for all three.
    assert.equal(sent() - before, 3);
    for (const limiter of ['general', 'scarce'])
      assert.deepEqual(setup.testWindow.store.requests.sentSince(elsewhere.origin, limiter, 0), []);
  });

  it('takes a new secret for that address alone', async () => {
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.replaceSecret(record, setup.gateway.secret('ok'));
    await setup.testWindow.refreshKey(id);
    assert.ok(setup.gateway.calls.some(({ key }) => key === 'ok'));
    assert.deepEqual(elsewhere.calls, []);
  });
});
