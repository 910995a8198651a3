import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { Desk } from '../support/desk.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';

describe('a key whose record in the database says another address', () => {
  let desk: Desk;
  let elsewhere: SampleGateway;
  let id: string;

  beforeEach(async () => {
    const folder = tempFolder();
    elsewhere = await startSampleGateway();
    desk = await Desk.open({}, { folder, storage: new MemorySecrets() });
    await desk.world.monitor.start();
    id = await desk.world.keyService.add(desk.key('ok'));
    await desk.world.refreshed(id);
    const database = new DatabaseSync(databasePath(folder));
    database.prepare('UPDATE keys SET origin = ?').run(elsewhere.origin);
    database.close();
    await desk.restart();
    desk.gateway.calls.length = 0;
  });

  afterEach(async () => {
    await desk.close();
    await elsewhere.close();
    removeTempFolders();
  });

  it('is checked at the address that its secret was stored with, and nowhere else', async () => {
    assert.equal(desk.world.state(id).origin, desk.gateway.origin, 'which is what people see again');
    assert.ok(
      desk.world.lines.some(line => line.includes(elsewhere.origin)),
      'and the log says what was there',
    );
    await desk.world.refreshed(id);
    assert.equal(desk.gateway.calls.at(-1)?.key, 'ok');
    assert.deepEqual(elsewhere.calls, []);
  });

  it('is asked about its usage there as well', async () => {
    await desk.run('queryUsage', { key: id, from: '2026-06-01', to: '2026-06-02' });
    assert.ok(desk.gateway.calls.some(({ key }) => key === 'ok'));
    assert.deepEqual(elsewhere.calls, []);
  });

  it('has its calls counted against that address', async () => {
    const sent = () =>
      desk.world.store.requests.sentSince(desk.gateway.origin, 'scarce', desk.clock.now() - 1).length;
    const before = sent();
    await desk.world.refreshed(id);
    assert.equal(sent() - before, 1);
    assert.deepEqual(desk.world.store.requests.sentSince(elsewhere.origin, 'scarce', 0), []);
  });

  it('takes a new secret for that address alone', async () => {
    const record = desk.world.keyService.findById(id) ?? assert.fail();
    await desk.world.keyService.replaceSecret(record, desk.gateway.secret('ok'));
    await desk.world.refreshed(id);
    assert.ok(desk.gateway.calls.some(({ key }) => key === 'ok'));
    assert.deepEqual(elsewhere.calls, []);
  });
});
