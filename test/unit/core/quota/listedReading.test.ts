import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isSameKey, listedReading } from '../../../../src/core/quota/listedReading.ts';
import type { AccountKey, Reading } from '../../../../src/core/quota/reading.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const BEFORE: Reading = {
  takenAt: '2026-06-01T10:00:00.000Z',
  unit: USD,
  name: 'work',
  quota: { unlimited: false, granted: 10, used: 4, remaining: 6 },
  expiresAt: null,
  models: ['gpt-5'],
  usableAt: '2026-06-01T09:50:00.000Z',
};
const ACCOUNT: Reading = {
  takenAt: '2026-06-01T10:06:00.000Z',
  unit: USD,
  gatewayName: 'My Gateway',
  account: { balance: 100 },
};
const LISTED: AccountKey = { name: 'work', unlimited: false, used: 4.5, remaining: 5.5, expiresAt: null };

const readingOf = (listed: Partial<AccountKey> = {}, before = BEFORE) =>
  listedReading(
    { keyId: 'k', listed: { ...LISTED, ...listed }, counted: { perUnit: 1, source: 'usage' } },
    ACCOUNT,
    before,
  );

describe('a key in the list of its account', () => {
  it('has the figures of the list, at the time of the account’s answer', () => {
    assert.deepEqual(readingOf(), {
      takenAt: '2026-06-01T10:06:00.000Z',
      clockAheadMs: undefined,
      clockDriftMs: undefined,
      unit: USD,
      source: 'key',
      usableAt: '2026-06-01T09:50:00.000Z',
      gatewayName: 'My Gateway',
      name: 'work',
      quota: { unlimited: false, granted: 10, used: 4.5, remaining: 5.5 },
      expiresAt: null,
      models: ['gpt-5'],
      modelsMore: undefined,
    });
  });

  it('takes end and models from the list where that tells them', () => {
    const { expiresAt, models } = readingOf({ expiresAt: '2027-01-01T00:00:00.000Z', models: null }) ?? {};
    assert.deepEqual([expiresAt, models], ['2027-01-01T00:00:00.000Z', null]);
  });

  it('without a limit has what was used alone', () => {
    assert.deepEqual(readingOf({ unlimited: true, remaining: undefined })?.quota, {
      unlimited: true,
      used: 4.5,
    });
  });

  for (const missing of ['unlimited', 'used', 'remaining'] as const)
    it(`is not read without \`${missing}\``, () =>
      assert.equal(readingOf({ [missing]: undefined }), undefined));
});

describe('whether a listed key is the one of the reading before', () => {
  const isSame = (listed: Partial<AccountKey>, before: Partial<Reading> = {}, perDay?: number) => {
    const reading = readingOf(listed, { ...BEFORE, ...before });
    assert.ok(reading);
    return isSameKey({ ...BEFORE, ...before }, reading, perDay);
  };

  it('yes: same name, limit and end, and a little spent', () => assert.equal(isSame({}), true));
  it('yes: nothing spent', () => assert.equal(isSame({ used: 4, remaining: 6 }), true));
  it('yes: its name was not known', () => assert.equal(isSame({}, { name: undefined }), true));
  it('yes: its end was not known', () => assert.equal(isSame({}, { expiresAt: undefined }), true));
  it('yes: an end that differs by less than a second', () =>
    assert.equal(
      isSame({ expiresAt: '2027-01-01T00:00:00.000Z' }, { expiresAt: '2027-01-01T00:00:00.400Z' }),
      true,
    ));
  it('yes: figures rounded twice', () =>
    assert.equal(isSame({ used: 4.0000005, remaining: 5.9999995 }), true));

  it('no: another name', () => assert.equal(isSame({ name: 'home' }), false));
  it('no: another unit', () => assert.equal(isSame({}, { unit: { code: 'CNY', source: 'gateway' } }), false));
  it('no: the account’s figures', () => assert.equal(isSame({}, { source: 'account' }), false));
  it('no: what may be the account’s figures', () =>
    assert.equal(isSame({}, { isAccountPossible: true }), false));
  it('no: another end', () => assert.equal(isSame({ expiresAt: '2027-01-01T00:00:00.000Z' }), false));
  it('no: with and without a limit', () => {
    assert.equal(isSame({ unlimited: true }), false);
    assert.equal(isSame({}, { quota: { unlimited: true, used: 4 } }), false);
  });
  it('no: a raised limit', () => assert.equal(isSame({ used: 4, remaining: 16 }), false));
  it('no: less used than before', () => assert.equal(isSame({ used: 3.9, remaining: 6.1 }), false));
  it('no: no figures before', () => assert.equal(isSame({}, { quota: undefined }), false));
  it('no: what was used is not known', () =>
    assert.equal(isSame({ unlimited: true }, { quota: { unlimited: true } }), false));

  it('a tenth of what was left may be spent, and no more', () => {
    assert.equal(isSame({ used: 4.6, remaining: 5.4 }), true);
    assert.equal(isSame({ used: 4.61, remaining: 5.39 }), false);
  });

  it('or twenty times as much as usual', () => {
    // 6 minutes of 24 a day are 0.1; twenty times that is 2.
    assert.equal(isSame({ used: 6, remaining: 4 }, {}, 24), true);
    assert.equal(isSame({ used: 6.01, remaining: 3.99 }, {}, 24), false);
  });

  it('without a limit a tenth of what was used', () => {
    const unlimited = { quota: { unlimited: true, used: 4 } };
    assert.equal(isSame({ unlimited: true, used: 4.4 }, unlimited), true);
    assert.equal(isSame({ unlimited: true, used: 4.41 }, unlimited), false);
  });

  it('an overdrawn key spends nothing', () => {
    const overdrawn = { quota: { unlimited: false, granted: 10, used: 10.5, remaining: -0.5 } };
    assert.equal(isSame({ used: 10.5, remaining: -0.5 }, overdrawn), true);
    assert.equal(isSame({ used: 10.52, remaining: -0.52 }, overdrawn), false);
  });
});
