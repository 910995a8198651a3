import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CredentialType, KeyRecord } from '../../../../src/core/quota/key.ts';
import { gatewayOf } from '../../../../src/gateways/registry.ts';
import { ownKeysOf } from '../../../../src/services/keys/ownKeysOf.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const SECRET = 'sk-AbCdEfGhIjKlMnOp';

describe('our own keys that an account may list', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const record = (id: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
    ...{ id, label: id, kind: 'newApi', baseUrl: ORIGIN, credential: 'apiKey', fingerprint: id },
    ...{ pinned: false, createdAt: NOW, ...more },
  });
  /** Which of the keys the account finds by the text of the secret that all of them have. */
  function found(keys: readonly KeyRecord[], boundTo?: string, credential: CredentialType = 'accessToken') {
    const account = record('account', { credential });
    store.transaction(() => {
      for (const key of [...keys, account]) store.keys.addKey(key);
    });
    const gateway = gatewayOf('newApi') ?? assert.fail();
    const originOf = (keyId: string) => keys.find(({ id }) => id === keyId)?.baseUrl ?? ORIGIN;
    const { ids, like } = ownKeysOf(store, account, gateway, keyId =>
      keyId === 'locked'
        ? 'unreadable'
        : {
            secret: SECRET,
            baseUrl: boundTo ?? originOf(keyId),
            credential: 'apiKey',
            kind: 'newApi',
            label: keyId,
          },
    );
    assert.deepEqual(like?.(SECRET) ?? [], ids);
    return ids;
  }

  it('are API keys of its site whose secrets are at hand', () => {
    const keys = [record('mine'), record('locked'), record('other', { baseUrl: 'https://other.example' })];
    assert.deepEqual(found([...keys, record('another kind', { kind: 'aioHub' })]), ['mine']);
  });

  it('are no other credentials', () => {
    assert.deepEqual(found([record('token', { credential: 'accessToken' })]), []);
  });

  it('are none whose secret belongs to another address than the record says', () => {
    assert.deepEqual(found([record('mine')], 'https://other.example'), []);
  });

  it('are none for a credential that lists no keys', () => {
    assert.deepEqual(found([record('mine')], ORIGIN, 'apiKey'), []);
  });
});
