import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Share } from '../../../src/core/quota/share.ts';
import { databasePath } from '../../../src/store/database.ts';
import { migrate, SCHEMA_VERSION } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { HOUR, NOW } from '../support/samples.ts';

const ORIGIN = 'https://gw.example';
const SHARE: Share = { share: 0.25, changedAt: NOW, refusal: { at: NOW - HOUR, taken: 0.3 } };

describe('the table of shares', () => {
  let folder: string;
  const stores: SqliteStore[] = [];

  beforeEach(() => {
    folder = tempFolder();
  });

  afterEach(() => {
    for (const store of stores.splice(0)) store.close();
    removeTempFolders();
  });

  function open(): SqliteStore {
    const store = new SqliteStore(folder, NOW);
    stores.push(store);
    return store;
  }

  /** Changes the file behind the store's back. */
  function change(sql: string): void {
    const file = new DatabaseSync(databasePath(folder));
    file.exec(sql);
    file.close();
  }

  const save = (store: SqliteStore, share = SHARE, limiter = 'scarce') =>
    store.transaction(() => store.shares.saveShare(ORIGIN, limiter, share));

  it('has a share of each limiter of each origin, for all windows', () => {
    save(open());
    save(open(), { share: 0.5, changedAt: NOW }, 'general');
    const other = open();
    assert.deepEqual(other.shares.shareOf(ORIGIN, 'scarce'), SHARE);
    assert.deepEqual(other.shares.shareOf(ORIGIN, 'general'), { share: 0.5, changedAt: NOW });
    assert.equal(other.shares.shareOf('https://other.example', 'scarce'), undefined);
  });

  it('takes a newer one in place of the older, without a refusal that is outdated', () => {
    const store = open();
    save(store);
    save(store, { share: 0.9, changedAt: NOW + HOUR });
    assert.deepEqual(store.shares.shareOf(ORIGIN, 'scarce'), { share: 0.9, changedAt: NOW + HOUR });
  });

  describe('knows nothing', () => {
    for (const share of ['0', '-1', '1.5', '9e999']) {
      it(`of a share of ${share}, which is none`, () => {
        save(open());
        change(`UPDATE shares SET share = ${share}`);
        assert.equal(open().shares.shareOf(ORIGIN, 'scarce'), undefined);
      });
    }

    it('of a time that no calendar has', () => {
      save(open());
      change('UPDATE shares SET changed_at = 9007199254740990');
      assert.equal(open().shares.shareOf(ORIGIN, 'scarce'), undefined);
    });

    it('of a refusal by half', () => {
      save(open());
      change('UPDATE shares SET refused_share = 7');
      assert.deepEqual(open().shares.shareOf(ORIGIN, 'scarce'), { share: 0.25, changedAt: NOW });
    });

    it('from a newer version that has set up the table in another way', () => {
      save(open());
      change(
        `ALTER TABLE shares RENAME COLUMN share TO percent; PRAGMA user_version = ${SCHEMA_VERSION + 1}`,
      );
      const store = open();
      assert.equal(store.trouble?.kind, 'newer');
      assert.equal(store.shares.shareOf(ORIGIN, 'scarce'), undefined);
      save(store);
      assert.deepEqual(store.shares.shareOf(ORIGIN, 'scarce'), SHARE);
    });
  });

  it('goes on in memory with the shares of a newer version that knows more of each', () => {
    save(open());
    change(
      `ALTER TABLE shares ADD COLUMN machines INTEGER NOT NULL DEFAULT 40; PRAGMA user_version = ${SCHEMA_VERSION + 7}`,
    );
    const store = open();
    assert.equal(store.trouble?.kind, 'newer');
    assert.deepEqual(store.shares.shareOf(ORIGIN, 'scarce'), SHARE);
    save(store, { share: 0.5, changedAt: NOW }, 'scarce');
    assert.deepEqual(store.shares.shareOf(ORIGIN, 'scarce'), { share: 0.5, changedAt: NOW });
  });

  it('goes on in memory with the shares of a newer version', () => {
    save(open());
    change(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    const store = open();
    assert.equal(store.trouble?.kind, 'newer');
    assert.deepEqual(store.shares.shareOf(ORIGIN, 'scarce'), SHARE);
  });

  it('gives limiters that an earlier version asked the whole', () => {
    const file = new DatabaseSync(databasePath(folder));
    migrate(file, 5);
    file.exec(`INSERT INTO requests (origin, limiter, sent_at, paced) VALUES
      ('${ORIGIN}', 'scarce', ${NOW - HOUR}, 0), ('${ORIGIN}', 'scarce', ${NOW}, 0)`);
    file.close();
    const store = open();
    assert.deepEqual(store.shares.shareOf(ORIGIN, 'scarce'), { share: 1, changedAt: NOW });
    assert.equal(store.shares.shareOf(ORIGIN, 'general'), undefined);
  });
});
