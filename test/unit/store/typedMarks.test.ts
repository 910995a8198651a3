import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { DIGEST, earlierFile, MARKS } from '../support/earlierFile.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { asOrdinaryUser } from '../support/ordinaryUser.ts';
import { DAY, MINUTE, NOW } from '../support/samples.ts';

/** Where `marks` and `chores` held everything. */
const EARLIER = [1, 2, 3, 4];

/** All that the tables hold which took the place of `marks` and `chores`. */
function heldBy(store: SqliteStore) {
  return {
    fired: [...store.fired.allFired()].map(([id, marks]) => [id, Object.fromEntries(marks)]),
    snoozes: Object.fromEntries(store.snoozes.allSnoozes()),
    rules: Object.fromEntries(store.keyRules.allRules()),
    aliases: Object.fromEntries(store.aliases.allAliases()),
    copied: store.copiedSecrets.allCopied(),
    ignored: ['gone-1', 'left alone', 'a', 'gone-2'].filter(id => store.ignoredSecrets.isIgnored(id)),
    done: ['by the hour', 'daily', 'keys', 'last-alias'].map(name => store.maintenance.doneAt(name)),
  };
}

const EXPECTED: ReturnType<typeof heldBy> = {
  fired: [['a', { 'low %:20': `{"at":${NOW}}`, refill: '{"scale":"USD","used":1}' }]],
  snoozes: { a: { since: NOW, lastsMs: DAY }, b: { since: 7, lastsMs: Number.MAX_SAFE_INTEGER } },
  rules: { a: { off: ['low'], percents: [50] } },
  aliases: { a: 2, b: 5 },
  copied: [{ keyId: 'a', until: NOW + MINUTE, digest: DIGEST }],
  ignored: ['gone-1', 'left alone'],
  done: [NOW - 3, NOW - 2, 0, 0],
};

describe('what an earlier version held in one table', () => {
  afterEach(removeTempFolders);

  for (const version of EARLIER) {
    it(`of schema ${version} is in the tables of its own afterwards`, () => {
      const folder = tempFolder();
      earlierFile(folder, version);
      const store = new SqliteStore(folder, NOW);
      assert.deepEqual([store.trouble, store.fresh, heldBy(store)], [undefined, false, EXPECTED]);
      store.close();
    });

    it(`of schema ${version} is there in memory too, where the file may only be read`, () => {
      const folder = tempFolder();
      earlierFile(folder, version);
      chmodSync(folder, 0o777);
      chmodSync(databasePath(folder), 0o444);
      const store = asOrdinaryUser(() => new SqliteStore(folder, NOW));
      assert.deepEqual([store.trouble, heldBy(store)], [{ kind: 'unwritable' }, EXPECTED]);
      assert.deepEqual(
        store.keys.allKeys().map(({ label }) => label),
        ['A', 'B', 'C'],
      );
      store.close();
    });
  }

  it('that does not fit together starts over in memory, where the file may only be read', () => {
    const folder = tempFolder();
    earlierFile(folder, 2);
    const file = new DatabaseSync(databasePath(folder));
    // A day in a unit that there is not.
    file.exec("INSERT INTO days (key_no, day, unit_no, spent) VALUES (1, '2026-06-14', 9, 1)");
    file.close();
    chmodSync(folder, 0o777);
    chmodSync(databasePath(folder), 0o444);
    const store = asOrdinaryUser(() => new SqliteStore(folder, NOW));
    assert.deepEqual([store.trouble, store.keys.allKeys()], [{ kind: 'unwritable' }, []]);
    store.close();
  });

  it('gives the number after the highest one to the next key', () => {
    const folder = tempFolder();
    earlierFile(folder, 4);
    const store = new SqliteStore(folder, NOW);
    assert.equal(
      store.transaction(() => store.aliases.addAlias('c')),
      8,
    );
    store.close();
  });

  it('gives no number of a removed key again, though the highest was not written down', () => {
    const folder = tempFolder();
    earlierFile(folder, 4, MARKS, []);
    const store = new SqliteStore(folder, NOW);
    store.transaction(() => store.keys.removeKey('b'));
    assert.equal(
      store.transaction(() => store.aliases.addAlias('c')),
      6,
    );
    store.close();
  });

  it('leaves a number that two keys had with the older one', () => {
    const folder = tempFolder();
    const twice = [
      ['c', 'alias', '3'],
      ['b', 'alias', '3'],
    ] as const;
    earlierFile(folder, 4, twice, []);
    const store = new SqliteStore(folder, NOW);
    assert.deepEqual([...store.aliases.allAliases()], [['b', 3]]);
    store.close();
  });

  it('goes, where it cannot be read, without the rest', () => {
    const texts = [
      '',
      'x',
      'null',
      '7',
      '[]',
      '{}',
      '{"since":1}',
      '{"lastsMs":1}',
      '{"since":"1","lastsMs":1}',
    ];
    const odd = [
      ...texts,
      '{"since":1,"lastsMs":"1"}',
      '{"since":true,"lastsMs":1}',
      '{"since":1,"lastsMs":true}',
      '{"since":1,"lastsMs":1e300}',
      '{"since":-9223372036854775808,"lastsMs":1}',
    ];
    for (const snooze of odd) {
      const folder = tempFolder();
      const marks = [
        ['a', 'snoozed', snooze],
        ['a', 'alias', 'two'],
        ['b', 'alias', '0'],
        ['c', 'alias', '3.5'],
        ['a', 'clipboard', 'damaged'],
        ['b', 'clipboard', `soon ${DIGEST}`],
        ['c', 'clipboard', `99999999999999999 ${DIGEST}`],
        ['a', 'rules', 'damaged'],
        ['c', 'low %:5', 'damaged'],
      ] as const;
      earlierFile(folder, 4, marks, []);
      const store = new SqliteStore(folder, NOW);
      assert.equal(store.trouble, undefined, snooze);
      const { fired, snoozes, rules, aliases, copied } = heldBy(store);
      assert.deepEqual(
        { fired, snoozes, rules, aliases, copied },
        {
          fired: [['c', { 'low %:5': 'damaged' }]],
          snoozes: {},
          rules: { a: {} },
          aliases: {},
          // Its time is not known, so it is over: the secret is taken off at once.
          copied: [
            { keyId: 'b', until: 0, digest: DIGEST },
            { keyId: 'c', until: Number.MAX_SAFE_INTEGER, digest: DIGEST },
          ],
        },
        snooze,
      );
      store.close();
    }
  });

  for (const version of EARLIER) {
    it(`is read as before by schema ${version}, which takes a newer file into memory by names of columns`, () => {
      const folder = tempFolder();
      earlierFile(folder, version);
      new SqliteStore(folder, NOW).close();
      const earlier = new DatabaseSync(':memory:');
      migrate(earlier, version);
      earlier.prepare('ATTACH DATABASE ? AS disk').run(databasePath(folder));
      for (const [table, columns] of [
        ['keys', 'no, id, label, kind, origin, credential, user_id, fingerprint, pinned, created_at'],
        ['marks', 'key_id, name, mark'],
      ])
        earlier.exec(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM disk.${table}`);
      const rows = earlier.prepare('SELECT key_id, name, mark FROM main.marks ORDER BY key_id, name').all();
      assert.deepEqual(
        rows.map(({ key_id: key, name, mark }) => [key, name, mark]),
        MARKS,
      );
      earlier.close();
    });
  }

  it('ends with its key, but not the number, nor a secret that is left alone', () => {
    const folder = tempFolder();
    earlierFile(folder, 4);
    const store = new SqliteStore(folder, NOW);
    store.transaction(() => {
      for (const id of ['a', 'b', 'c']) store.keys.removeKey(id);
    });
    const { done, ...others } = heldBy(store);
    assert.deepEqual(done, EXPECTED.done);
    assert.deepEqual(others, {
      fired: [],
      snoozes: {},
      rules: {},
      aliases: {},
      copied: [],
      ignored: ['gone-1', 'left alone'],
    });
    const file = new DatabaseSync(databasePath(folder));
    const numbers = file.prepare('SELECT number FROM aliases ORDER BY number').all();
    assert.deepEqual(
      numbers.map(({ number }) => number),
      [2, 5, 7],
    );
    file.close();
    store.close();
  });
});
