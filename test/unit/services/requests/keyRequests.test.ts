import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { SecretLookup } from '../../../../src/core/ports/secrets.ts';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { Ability } from '../../../../src/gateways/credentialSpec.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import { KeyRequests } from '../../../../src/services/requests/keyRequests.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { keyRecord, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const ORIGIN = 'https://gw.example';
const KEY: KeyRecord = keyRecord('id-1', { label: 'Team', fingerprint: 'f1' });

describe('what a person asks about a key', () => {
  let store: SqliteStore;
  let lookup: SecretLookup;
  let secretsRead: string[];
  let requests: KeyRequests;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    lookup = {
      kind: 'newApi',
      label: 'Team',
      baseUrl: ORIGIN,
      credential: 'apiKey',
      secret: secretFor('run'),
    };
    secretsRead = [];
    requests = new KeyRequests({
      store,
      transport: async () => ({ status: 404, headers: new Headers(), text: '' }),
      redactor,
      settings: () => SETTINGS,
      clock: { now: () => NOW, after: () => () => undefined },
      log: { info: () => undefined, warn: () => undefined, debug: () => undefined, show: () => undefined },
      secrets: {
        read: async id => {
          secretsRead.push(id);
          return lookup;
        },
        write: () => assert.fail(),
        remove: () => assert.fail(),
        ids: () => assert.fail(),
        onDidChange: () => assert.fail(),
      },
    });
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const ask = (key: Partial<KeyRecord>, ability: Ability) =>
    requests.run({ ...KEY, ...key }, ability, async (gateway, { credential, lastReading }) => [
      gateway.kind,
      credential,
      lastReading?.quota?.remaining,
    ]);
  const refusal = (key: Partial<KeyRecord>, ability: Ability) =>
    ask(key, ability).then(
      () => assert.fail('It was answered.'),
      error => {
        assert.ok(error instanceof GatewayError, String(error));
        return [error.failure.class, error.failure.reason];
      },
    );

  it('is answered by its gateway, which is given the last reading', async () => {
    store.transaction(() => {
      store.keys.addKey(KEY);
      store.states.saveState({ keyId: KEY.id, failures: 0, reading: reading({ quota: quota(15, 20) }) });
    });
    assert.deepEqual(await ask({}, 'rangeByKey'), ['newApi', 'apiKey', 15]);
    assert.deepEqual(secretsRead, [KEY.id]);
  });

  it('is refused before its secret is read where its credential cannot be asked that', async () => {
    assert.deepEqual(await refusal({}, 'rangeByAccount'), ['bad-key', 'wrong-credential']);
    assert.deepEqual(await refusal({}, 'chat'), ['not-supported', 'never-offered']);
    assert.deepEqual(await refusal({ kind: 'later' }, 'rangeByKey'), ['not-supported', 'unknown-kind']);
    assert.deepEqual(secretsRead, []);
  });

  it('is refused without its secret, and says why that is not there', async () => {
    lookup = 'unreadable';
    assert.deepEqual(await refusal({}, 'rangeByKey'), ['bad-key', 'secret-unreadable']);
  });

  it('goes by what its site said of itself last', () => {
    assert.equal(requests.siteOf(ORIGIN), undefined);
    store.transaction(() => store.sites.saveSite(ORIGIN, '{"name":"Relay"}', NOW));
    assert.deepEqual(requests.siteOf(ORIGIN), { name: 'Relay' });
  });
});
