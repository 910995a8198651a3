import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { belongingLookup } from '../../../../src/services/usage/belonging.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { keyRecord, NOW } from '../../support/samples.ts';
import { useStore } from '../../support/useStore.ts';

describe('the account that a key belongs to', () => {
  let store: SqliteStore;

  useStore([], NOW, opened => {
    store = opened;
  });

  function add(id: string, more: Partial<KeyRecord> = {}): KeyRecord {
    const key = keyRecord(id, { baseUrl: 'https://gw.example', ...more });
    store.transaction(() => store.keys.addKey(key));
    return key;
  }
  const link = (keyId: string, accountId: string) =>
    store.transaction(() => store.accountLinks.saveLink(keyId, accountId, NOW));

  it('is the one that listed it, as long as its list has it', () => {
    const key = add('key');
    const team = add('team', { credential: 'accessToken' });
    add('other', { credential: 'accessToken' });
    link('key', 'team');
    assert.deepEqual(belongingLookup(store)(key), { account: 'team' });
    assert.equal(belongingLookup(store)(team), undefined);
    store.transaction(() => store.accountLinks.endLinks('key'));
    assert.deepEqual(belongingLookup(store)(key), { maybe: ['team', 'other'] });
  });

  it('may be any of its gateway where no list has it, and none of another', () => {
    const key = add('key');
    add('team', { credential: 'accessToken' });
    add('elsewhere', { credential: 'accessToken', baseUrl: 'https://gw.example.org' });
    add('another kind', { credential: 'queryKey', kind: 'cometApi' });
    assert.deepEqual(belongingLookup(store)(key), { maybe: ['team'] });
    assert.deepEqual(belongingLookup(store)(add('alone', { baseUrl: 'https://alone.example.net' })), {});
  });

  it('may be one that a server tells of, and is not the server', () => {
    const of = { kind: 'teamServer', baseUrl: 'https://team.example' };
    add('server', { ...of, credential: 'accessToken' });
    const served = add('server~key', of);
    assert.deepEqual(belongingLookup(store)(served), {});
    add('server~account', { ...of, credential: 'accessToken' });
    assert.deepEqual(belongingLookup(store)(served), { maybe: ['server~account'] });
    const own = add('own');
    link('own', 'server');
    assert.deepEqual(belongingLookup(store)(own), {});
  });

  it('is not one that is gone', () => {
    const key = add('key');
    link('key', 'team');
    assert.deepEqual(belongingLookup(store)(key), {});
  });
});
