import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { readAccount } from '../../../../src/gateways/newApi/account.ts';
import {
  hasSystemName,
  isFamilyStatus,
  parseStatusAnswer,
} from '../../../../src/gateways/newApi/statusPage.ts';
import { MAX_ACCOUNT_KEYS, parseAccountKeys } from '../../../../src/gateways/parseAccountKeys.ts';
import { type Data, scriptedContext } from './scriptedContext.ts';

const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
const KEYS = { items: [{ id: 1, name: 'alice', remain_quota: 5 }], total: 1 };
const SELF = { username: 'team', quota: 100, used_quota: 40, request_count: 7 };

describe('an account', () => {
  const read = (self: Data, keys: Data = KEYS) =>
    readAccount(
      scriptedContext({ '/api/user/self': [self], '/api/token/': [keys] }, { lineage: 'oneApi' }).context,
      UNITS,
    );

  it('has a balance, what it used, and its keys', async () => {
    const { account, accountKeys, counted } = await read(SELF);
    assert.deepEqual(account, { balance: 100, used: 40, requests: 7, name: 'team' });
    assert.equal(accountKeys?.length, 1);
    assert.deepEqual(counted, { perUnit: 1, source: 'account', of: 'account', used: 40, remaining: 100 });
  });

  it('is called by the name that it shows, else by the one it signs in with', async () => {
    const nameOf = async (more: object) => (await read({ ...SELF, ...more })).account?.name;
    assert.equal(await nameOf({ display_name: 'The Team' }), 'The Team');
    assert.equal(await nameOf({ display_name: '' }), 'team');
    assert.equal(await nameOf({ username: undefined }), undefined);
  });

  it('without a readable figure of use has none, and without a balance is no reading', async () => {
    for (const used_quota of [undefined, 'many', -1]) {
      const { account, counted } = await read({ ...SELF, used_quota });
      assert.deepEqual([account?.used, counted?.used], [undefined, undefined]);
    }
    assert.equal((await read({ ...SELF, used_quota: 0 })).counted?.used, 0);
    await assert.rejects(read({ ...SELF, quota: 'many' }), /missing-figures/);
  });

  it('keeps its balance where the key list cannot be read, and not where it may be in a moment', async () => {
    for (const lost of [failed('unexpected', 'html'), failed('not-supported', 'no-such-endpoint')]) {
      const { account, accountKeys, accountKeysMissing } = await read(SELF, lost);
      assert.deepEqual([account?.balance, accountKeys, accountKeysMissing], [100, undefined, {}]);
    }
    for (const other of [failed('transient', 'server-error'), new TypeError('ours')])
      await assert.rejects(read(SELF, other), other);
  });
});

describe('a list of keys in one answer, row by row', () => {
  const keysOf = (rows: readonly unknown[]) =>
    parseAccountKeys(rows, row => (typeof row === 'string' ? [{ name: row }] : []));

  it('is whole, or says how many rows there are', () => {
    assert.deepEqual(keysOf([]), { accountKeys: [] });
    assert.deepEqual(keysOf(['a', 'b']), { accountKeys: [{ name: 'a' }, { name: 'b' }] });
    assert.deepEqual(keysOf(['a', 7]), { accountKeys: [{ name: 'a' }], accountKeysMissing: { total: 2 } });
    assert.deepEqual(keysOf([7]), { accountKeysMissing: { total: 1 } });
  });

  it('is read up to its limit', () => {
    const rows = Array.from({ length: MAX_ACCOUNT_KEYS + 1 }, (_, index) => `key ${index}`);
    const { accountKeys, accountKeysMissing } = keysOf(rows);
    assert.deepEqual([accountKeys?.length, accountKeysMissing], [8000, { total: 8001 }]);
    assert.equal(keysOf(rows.slice(1)).accountKeysMissing, undefined);
  });
});

describe('the answer of /api/status', () => {
  const answer = (body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200) => ({
    status,
    headers: new Headers(headers),
    text: JSON.stringify(body),
  });
  const status = (data: object) => answer({ success: true, data });
  const BY_HEADER = { 'x-new-api-version': 'v1.0.0' };

  it('is the family’s by its header or its units', () => {
    assert.equal(isFamilyStatus(status({ quota_per_unit: 500_000 })), true);
    assert.equal(isFamilyStatus(answer({ error: 'no' }, BY_HEADER, 403)), true);
    assert.equal(isFamilyStatus(status({ version: 'v1' })), false);
    assert.equal(isFamilyStatus(answer({ quota_per_unit: 1 }, {}, 403)), false);
  });

  it('is a descendant’s by its name and the family’s marks together', () => {
    assert.equal(hasSystemName('AIOHub', status({ system_name: 'AIOHub', quota_per_unit: 1 })), true);
    assert.equal(hasSystemName('AIOHub', status({ system_name: 'AIOHub' })), false);
    assert.equal(hasSystemName('AIOHub', status({ system_name: 'Other', quota_per_unit: 1 })), false);
  });

  it('says something about the site by any member that a version has', () => {
    for (const name of [
      'quota_per_unit',
      'quota_display_type',
      'display_in_currency',
      'system_name',
      'version',
    ])
      assert.doesNotThrow(() => parseStatusAnswer(status({ [name]: null })));
    assert.throws(() => parseStatusAnswer(status({ state: 'ok' })), /missing-figures/);
    assert.equal(parseStatusAnswer(status({ quota_per_unit: 1000 })).unitsPerDollar, 1000);
  });
});
