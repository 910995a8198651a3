import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { databasePath } from '../../../../src/store/database.ts';
import { Desk } from '../../support/desk.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';

describe('a database that was lost', () => {
  let desk: Desk;
  let storage: MemorySecrets;
  let id: string;

  beforeEach(async () => {
    const folder = tempFolder();
    storage = new MemorySecrets();
    desk = await Desk.open({}, { folder, storage });
    id = await desk.world.keyService.add(desk.key('ok', { label: 'Team' }));
    await desk.world.close();
    writeFileSync(databasePath(folder), 'x'.repeat(8192));
    await desk.restart();
  });

  afterEach(async () => {
    await desk.close();
    removeTempFolders();
  });

  it('is made anew from the secrets: every key is there and works', async () => {
    assert.equal(desk.world.store.fresh, true);
    assert.deepEqual(desk.world.monitor.snapshot, []);
    await desk.world.keyService.restoreRecords();
    const { label, kind, origin, credential, status } = await desk.world.refreshed(id);
    assert.deepEqual(
      { label, kind, origin, credential, status },
      { label: 'Team', kind: 'newApi', origin: desk.gateway.origin, credential: 'apiKey', status: 'ok' },
    );
  });

  it('keeps what is there already, and leaves out what is none of ours', async () => {
    storage.entries.set('key:other', 'not ours');
    await desk.world.keyService.restoreRecords();
    const record = desk.world.keyService.findById(id) ?? assert.fail();
    await desk.world.keyService.rename(record, 'Renamed');
    await desk.world.keyService.restoreRecords();
    assert.deepEqual(
      desk.world.monitor.snapshot.map(({ label }) => label),
      ['Renamed'],
    );
  });
});
