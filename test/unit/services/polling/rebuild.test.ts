import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { databasePath } from '../../../../src/store/database.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('a database that was lost', () => {
  let setup: TestSetup;
  let storage: MemorySecrets;
  let id: string;

  beforeEach(async () => {
    const folder = tempFolder();
    storage = new MemorySecrets();
    setup = await TestSetup.open({}, { folder, storage });
    id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Team' }));
    await setup.testWindow.close();
    writeFileSync(databasePath(folder), 'x'.repeat(8192));
    await setup.restart();
  });

  afterEach(async () => {
    await setup.close();
    removeTempFolders();
  });

  it('is rebuilt from the secrets: every key is there and works', async () => {
    assert.equal(setup.testWindow.store.fresh, true);
    assert.deepEqual(setup.testWindow.monitor.snapshot, []);
    await setup.testWindow.orphanedSecretService.restoreRecords();
    const { label, kind, origin, credential, status } = await setup.testWindow.refreshKey(id);
    assert.deepEqual(
      { label, kind, origin, credential, status },
      { label: 'Team', kind: 'newApi', origin: setup.gateway.origin, credential: 'apiKey', status: 'ok' },
    );
  });

  it('keeps what is there already, and leaves out what is none of ours', async () => {
    storage.entries.set('key:other', 'not ours');
    await setup.testWindow.orphanedSecretService.restoreRecords();
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.rename(record, 'Renamed');
    await setup.testWindow.orphanedSecretService.restoreRecords();
    assert.deepEqual(
      setup.testWindow.monitor.snapshot.map(({ label }) => label),
      ['Renamed'],
    );
  });
});
