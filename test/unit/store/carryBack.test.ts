import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { StoreTrouble } from '../../../src/core/ports/storeTrouble.ts';
import type { SpendingLimit } from '../../../src/core/spendingLimits/spendingLimit.ts';
import { databasePath, type OpenDatabase } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { asOrdinaryUser } from '../support/ordinaryUser.ts';
import { NOW, reading } from '../support/samples.ts';

const ORIGIN = 'https://gw.example';

describe('a folder that could not be written, and can be again', () => {
  let folder: string;
  let store: SqliteStore;
  const told: StoreTrouble['kind'][] = [];
  const open: OpenDatabase = (...where) => asOrdinaryUser(() => openDatabase(...where));

  const key = (id: string, label = id) =>
    ({
      id,
      label,
      kind: 'newApi',
      baseUrl: ORIGIN,
      credential: 'apiKey',
      fingerprint: id,
      pinned: false,
    }) as const;
  const forbid = () => {
    chmodSync(databasePath(folder), 0o444);
    chmodSync(folder, 0o555);
  };
  const allow = () => {
    chmodSync(folder, 0o777);
    chmodSync(databasePath(folder), 0o666);
  };
  /** It keeps the file to its owner, who is another here than the one that was kept out. */
  const another = (): SqliteStore => {
    const other = new SqliteStore(folder, NOW);
    allow();
    return other;
  };

  beforeEach(() => {
    folder = tempFolder();
    const first = another();
    first.transaction(() => {
      first.keys.addKey({ ...key('mine'), createdAt: NOW });
      first.states.saveState({
        keyId: 'mine',
        failures: 0,
        checkedAt: NOW,
        reading: reading({ name: 'before' }),
      });
      first.requests.addCall(ORIGIN, 'scarce', NOW);
      first.requests.holdLimiter(ORIGIN, 'scarce', NOW + 10, NOW);
    });
    first.close();
    forbid();
    told.length = 0;
    store = new SqliteStore(folder, NOW, ({ kind }) => told.push(kind), open);
  });

  afterEach(() => {
    store.close();
    allow();
    removeTempFolders();
  });

  /** What a window does in memory: it asks, is held, gets an answer, and warns. */
  const work = () =>
    store.transaction(() => {
      store.requests.addCall(ORIGIN, 'scarce', NOW + 1);
      store.requests.holdLimiter(ORIGIN, 'scarce', NOW + 500, NOW + 1);
      store.states.saveState({
        keyId: 'mine',
        failures: 0,
        checkedAt: NOW + 1,
        reading: reading({ name: 'after' }),
      });
      store.fired.saveFired('mine', 'low', 'said');
    });

  it('is not used before', () => {
    work();
    assert.equal(store.followFile(NOW + 2), false);
    assert.equal(store.shared, false);
    assert.deepEqual(store.requests.sentSince(ORIGIN, 'scarce', 0), [NOW, NOW + 1]);
  });

  it('is used again, and has the calls, holds, answers and marks of the time between', () => {
    work();
    allow();
    assert.equal(store.followFile(NOW + 2), true);
    assert.deepEqual([store.shared, store.trouble, told], [true, undefined, ['unwritable']]);
    const other = another();
    assert.deepEqual(other.requests.sentSince(ORIGIN, 'scarce', 0), [NOW, NOW + 1]);
    assert.equal(other.requests.heldUntil(ORIGIN, 'scarce'), NOW + 500);
    assert.equal(other.states.stateOf('mine')?.reading?.name, 'after');
    assert.equal(other.fired.firedOf('mine').get('low'), 'said');
    other.close();
  });

  it('keeps what others wrote there meanwhile: newer answers, removed keys, longer holds', () => {
    work();
    allow();
    const other = another();
    other.transaction(() => {
      other.keys.addKey({ ...key('theirs'), createdAt: NOW });
      other.requests.holdLimiter(ORIGIN, 'scarce', NOW + 900, NOW);
      other.states.saveState({
        keyId: 'mine',
        failures: 0,
        checkedAt: NOW + 9,
        reading: reading({ name: 'newest' }),
      });
    });
    other.close();
    allow();
    assert.equal(store.followFile(NOW + 10), true);
    assert.equal(store.states.stateOf('mine')?.reading?.name, 'newest');
    assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), NOW + 900);
    assert.deepEqual(
      store.keys
        .allKeys()
        .map(({ id }) => id)
        .sort(),
      ['mine', 'theirs'],
    );
  });

  it('does not bring back a key that was removed there', () => {
    work();
    store.transaction(() => store.aliases.addAlias('mine'));
    allow();
    const other = another();
    other.transaction(() => other.keys.removeKey('mine'));
    other.close();
    assert.equal(store.followFile(NOW + 10), true);
    assert.deepEqual([store.keys.allKeys(), store.aliases.allAliases().size], [[], 0]);
  });

  it('is used by the next change that a person makes, without waiting for a look', () => {
    allow();
    store.transactionOnDisk(() => store.keys.renameKey('mine', 'Renamed'));
    assert.deepEqual([store.shared, another().keys.allKeys()[0]?.label], [true, 'Renamed']);
  });

  it('takes the keys along that were rebuilt in memory, where the file lacks them all', () => {
    const empty = tempFolder();
    const limit: SpendingLimit = {
      scope: { of: 'key', keyId: 'rebuilt' },
      period: 'day',
      amount: 5,
      unit: { code: 'USD' },
    };
    chmodSync(empty, 0o555);
    const alone = new SqliteStore(empty, NOW, undefined, open);
    assert.equal(alone.shared, false);
    alone.transaction(() => {
      alone.keys.addKey({ ...key('rebuilt'), createdAt: NOW });
      alone.snoozes.saveSnooze('rebuilt', { since: NOW, lastsMs: 1000 });
      alone.keyRules.saveRules('rebuilt', { off: true });
      alone.spendingLimits.saveLimit(limit);
    });
    chmodSync(empty, 0o777);
    assert.equal(alone.followFile(NOW), true);
    assert.deepEqual(
      alone.keys.allKeys().map(({ id }) => id),
      ['rebuilt'],
    );
    assert.deepEqual([...alone.snoozes.allSnoozes()], [['rebuilt', { since: NOW, lastsMs: 1000 }]]);
    assert.deepEqual([...alone.keyRules.allRules()], [['rebuilt', { off: true }]]);
    assert.deepEqual(alone.spendingLimits.allLimits(), [limit]);
    alone.close();
  });

  it('is given numbers, copied secrets and secrets to leave alone of the time between', () => {
    store.transaction(() => {
      assert.equal(store.aliases.addAlias('mine'), 1);
      store.copiedSecrets.saveCopied({ keyId: 'mine', until: NOW, digest: 'd' });
      store.ignoredSecrets.ignoreSecret('gone', NOW);
    });
    allow();
    assert.equal(store.followFile(NOW), true);
    const other = another();
    assert.deepEqual([...other.aliases.allAliases()], [['mine', 1]]);
    assert.deepEqual(other.copiedSecrets.allCopied(), [{ keyId: 'mine', until: NOW, digest: 'd' }]);
    assert.equal(other.ignoredSecrets.isIgnored('gone'), true);
    other.close();
  });

  it('keeps a number that was given there meanwhile with the key that has it', () => {
    store.transaction(() => store.aliases.addAlias('mine'));
    allow();
    const other = another();
    other.transaction(() => {
      other.keys.addKey({ ...key('theirs'), createdAt: NOW });
      assert.equal(other.aliases.addAlias('theirs'), 1);
    });
    other.close();
    assert.equal(store.followFile(NOW), true);
    assert.deepEqual([...store.aliases.allAliases()], [['theirs', 1]]);
    assert.equal(
      store.transaction(() => store.aliases.addAlias('mine')),
      2,
    );
  });

  it('keeps the snoozes and rules that persons set and ended there meanwhile', () => {
    allow();
    let other = another();
    const [older, newer] = [
      { since: NOW, lastsMs: 1000 },
      { since: NOW + 5, lastsMs: 1000 },
    ];
    other.transaction(() => {
      for (const id of ['ended', 'renewed']) {
        other.keys.addKey({ ...key(id), createdAt: NOW });
        other.snoozes.saveSnooze(id, older);
        other.keyRules.saveRules(id, { off: true });
      }
    });
    other.close();
    forbid();
    const late = new SqliteStore(folder, NOW, undefined, open);
    assert.deepEqual([late.shared, late.snoozes.allSnoozes().get('ended')], [false, older]);
    allow();
    other = another();
    other.transaction(() => {
      other.snoozes.removeAllSnoozes();
      other.snoozes.saveSnooze('renewed', newer);
      other.keyRules.removeRules('ended');
      other.keyRules.saveRules('renewed', { percents: [1] });
    });
    other.close();
    allow();
    assert.equal(late.followFile(NOW), true);
    assert.deepEqual([...late.snoozes.allSnoozes()], [['renewed', newer]]);
    assert.deepEqual([...late.keyRules.allRules()], [['renewed', { percents: [1] }]]);
    late.close();
  });

  it('keeps pauses and marks as others ended and changed them there meanwhile, where it changed nothing itself', () => {
    const pause = { since: NOW, lastsMs: 1000 };
    const marks = (at: SqliteStore) => Object.fromEntries(at.fired.firedOf('mine'));
    allow();
    let other = another();
    other.transaction(() => {
      other.mutes.saveMute('pause', pause);
      for (const name of ['ended', 'low', 'expiry', 'spend']) other.fired.saveFired('mine', name, 'before');
    });
    other.close();
    forbid();
    const late = new SqliteStore(folder, NOW, undefined, open);
    assert.deepEqual([late.shared, late.mutes.muteOf('pause')], [false, pause]);
    late.fired.saveFired('mine', 'spend', 'said in memory');
    allow();
    other = another();
    other.transaction(() => {
      other.mutes.removeMute('pause');
      other.fired.removeFired('mine', 'ended');
      other.fired.saveFired('mine', 'low', 'said there');
    });
    other.close();
    allow();
    assert.equal(late.followFile(NOW), true);
    assert.equal(late.mutes.muteOf('pause'), undefined);
    assert.deepEqual(marks(late), { low: 'said there', expiry: 'before', spend: 'said in memory' });
    late.close();
  });

  it('keeps a pause of all warnings that began meanwhile', () => {
    store.transaction(() => store.mutes.saveMute('all', { since: NOW, lastsMs: 1000 }));
    allow();
    store.followFile(NOW);
    assert.deepEqual(store.mutes.muteOf('all'), { since: NOW, lastsMs: 1000 });
  });
});
