import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { saveNote } from '../../../../src/services/requests/saveNote.ts';
import { SiteNotesReader } from '../../../../src/services/requests/siteNotesReader.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';

describe('the notes of a site while a key is checked', () => {
  let store: SqliteStore;
  let otherWindow: SqliteStore;
  let reader: SiteNotesReader;

  beforeEach(() => {
    const folder = tempFolder();
    store = new SqliteStore(folder, NOW);
    otherWindow = new SqliteStore(folder, NOW);
    reader = new SiteNotesReader(store, ORIGIN);
  });

  afterEach(() => {
    store.close();
    otherWindow.close();
    removeTempFolders();
  });

  /** As another window does, of which this one hears nothing. */
  const saveElsewhere = (path: string) =>
    otherWindow.transaction(() =>
      otherWindow.sites.saveSite(ORIGIN, JSON.stringify({ notes: { has: { [path]: true } } }), NOW),
    );

  it('are read once', () => {
    assert.deepEqual(reader.notes, {});
    saveElsewhere('/a');
    assert.deepEqual(reader.notes, {});
  });

  it('are read again when they have expired', () => {
    assert.deepEqual(reader.notes, {});
    saveElsewhere('/a');
    reader.expire();
    assert.deepEqual(reader.notes, { has: { '/a': true } });
  });

  it('are read again after each note that this window saves, whichever check does', () => {
    assert.deepEqual(reader.notes, {});
    saveNote(store, ORIGIN, { has: { '/a': true } });
    assert.deepEqual(reader.notes, { has: { '/a': true }, lacks: {} });
    saveNote(store, ORIGIN, { lacks: { '/b': NOW } });
    assert.deepEqual(reader.notes, { has: { '/a': true }, lacks: { '/b': NOW } });
  });
});
