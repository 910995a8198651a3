import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

describe('the table of keys that accounts list', () => {
  let folder: string;
  let store: SqliteStore;

  beforeEach(() => {
    folder = tempFolder();
    store = new SqliteStore(folder, NOW);
    const common = { kind: 'newApi', baseUrl: 'https://gw.example', credential: 'apiKey' } as const;
    store.transaction(() => {
      for (const id of ['one', 'two'])
        store.keys.addKey({ ...common, id, label: id, fingerprint: id, pinned: false, createdAt: NOW });
    });
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const link = (keyId: string, accountId = 'account') =>
    store.transaction(() => store.accountLinks.saveLink(keyId, accountId, NOW));
  const untold = () => store.transaction(() => store.accountLinks.takeUntold(NOW)).map(({ keyId }) => keyId);

  it('tells of each once, and again when another account lists it', () => {
    link('two');
    link('one');
    assert.deepEqual(untold(), ['one', 'two']);
    link('one');
    assert.deepEqual(untold(), []);
    link('one', 'other');
    assert.deepEqual(untold(), ['one']);
  });

  it('keeps a separation when the key is found again, and tells nothing of it', () => {
    link('one');
    store.accountLinks.setSeparated('one', NOW);
    link('one', 'other');
    assert.deepEqual(store.accountLinks.linkOf('one'), {
      keyId: 'one',
      accountId: 'other',
      stands: true,
      separatedAt: NOW,
    });
    assert.deepEqual(untold(), []);
    store.accountLinks.setSeparated('one', undefined);
    assert.equal(store.accountLinks.linkOf('one')?.separatedAt, undefined);
  });

  it('stands until it is ended, and again when the account lists the key again, of which nobody is told twice', () => {
    const stands = () => store.accountLinks.allLinks().map(each => [each.keyId, each.stands]);
    link('one');
    link('two', 'other');
    assert.deepEqual(untold(), ['one', 'two']);
    store.transaction(() => store.accountLinks.endLinks('one'));
    assert.deepEqual(stands(), [
      ['one', false],
      ['two', true],
    ]);
    store.transaction(() => store.accountLinks.endLinks('other'));
    assert.equal(store.accountLinks.linkOf('two')?.stands, false);
    link('one');
    link('two', 'third');
    assert.deepEqual(stands(), [
      ['one', true],
      ['two', true],
    ]);
    assert.deepEqual(untold(), ['two']);
  });

  it('is told to nobody where it has ended before', () => {
    link('one');
    store.transaction(() => store.accountLinks.endLinks('one'));
    link('two');
    assert.deepEqual(untold(), ['two']);
    link('one');
    assert.deepEqual(untold(), ['one']);
  });

  it('forgets a key with its record', () => {
    link('one');
    link('two');
    store.transaction(() => store.keys.removeKey('one'));
    assert.deepEqual(
      store.accountLinks.allLinks().map(({ keyId }) => keyId),
      ['two'],
    );
  });

  it('reads a separation that no calendar knows as none', () => {
    link('one');
    const file = new DatabaseSync(databasePath(folder));
    file.exec('UPDATE account_links SET separated_at = 9e18');
    file.close();
    assert.equal(store.accountLinks.linkOf('one')?.separatedAt, undefined);
  });

  it('has the keys of one account asked themselves', () => {
    const state = { failures: 0, dueAt: NOW + 1000 };
    store.transaction(() => {
      store.states.saveState({ ...state, keyId: 'one', readFrom: 'account' });
      store.states.saveState({ ...state, keyId: 'two', readFrom: 'other' });
      store.states.askThemselves('account', NOW);
    });
    const rows = store.states.allStates().map(({ keyId, readFrom, dueAt }) => [keyId, readFrom, dueAt]);
    assert.deepEqual(rows.sort(), [
      ['one', undefined, NOW],
      ['two', 'other', NOW + 1000],
    ]);
  });
});
