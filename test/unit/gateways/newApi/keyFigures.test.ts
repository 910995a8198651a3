import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { readBilling } from '../../../../src/gateways/newApi/billing.ts';
import { readQuota } from '../../../../src/gateways/newApi/endpoints.ts';
import type { Site } from '../../../../src/gateways/site.ts';
import { at, DAY, HOUR, NOW } from '../../support/samples.ts';
import { type Answer, answeringContext, UNKNOWN_ROUTE } from './answeringContext.ts';

const USAGE = '/api/usage/token/';
const NEW = '/v1/dashboard/billing';
const OLD = '/dashboard/billing';

const limitOf = (hard_limit_usd: unknown, access_until: unknown = 0): Answer => [
  200,
  { hard_limit_usd, access_until },
];
const usedOf = (total_usage: unknown): Answer => [200, { total_usage }];
const billing = (limit: Answer, used: Answer, path = NEW) => ({
  [`${path}/subscription`]: [limit],
  [`${path}/usage`]: [used],
});
const LINEAGES = ['newApi', 'oldNewApi', 'oneApi', 'oneHub', undefined] as const;

describe('a key’s figures by billing', () => {
  const read = (limit: unknown, used: unknown, site: Site = { lineage: 'newApi' }, end: unknown = 0) =>
    readBilling(answeringContext(billing(limitOf(limit, end), usedOf(used)), { site }).context);

  it('are its limit and a hundredth of its use', async () => {
    const site: Site = { lineage: 'newApi', display: 'USD', unitsPerDollar: 500_000 };
    const { quota, expiresAt, source, unit, counted, isAccountPossible } = await read(20, 500, site);
    assert.deepEqual(quota, { unlimited: false, granted: 20, used: 5, remaining: 15 });
    assert.deepEqual([expiresAt, source, unit.code, isAccountPossible], [null, 'billing', 'USD', undefined]);
    assert.deepEqual(counted, {
      perUnit: 1,
      source: 'billing USD 500000',
      of: 'quota',
      used: 5,
      remaining: 15,
      isConverted: true,
    });
  });

  it('are in dollars where the display unit is a currency of its own', async () => {
    const site: Site = { display: 'CUSTOM', customSymbol: '₽', customPerDollar: 92.5 };
    assert.deepEqual((await read(20, 500, site)).unit, { code: 'USD', symbol: undefined, source: 'gateway' });
    assert.equal((await read(20, 500, { display: 'CNY' })).unit.code, 'CNY');
  });

  it('without a limit are its use, where that is counted', async () => {
    const used = async (lineage: Site['lineage'], hundredths: number) => {
      const { quota } = await read(100_000_000, hundredths, { lineage });
      assert.equal(quota?.unlimited, true);
      return quota?.used;
    };
    for (const lineage of LINEAGES) assert.equal(await used(lineage, 500), 5);
    assert.deepEqual(await Promise.all(LINEAGES.map(lineage => used(lineage, 0))), [
      0,
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('may be the account’s where one-hub tells no end', async () => {
    const end = (NOW + DAY) / 1000;
    assert.equal((await read(20, 500, { lineage: 'oneHub' })).isAccountPossible, true);
    assert.equal((await read(20, 500, { lineage: 'oneHub' }, end)).isAccountPossible, undefined);
    assert.equal((await read(20, 500, { lineage: 'oneHub' }, 'soon')).isAccountPossible, undefined);
    assert.equal((await read(20, 500, { lineage: 'oneHub' }, end)).expiresAt, at(DAY));
  });

  it('are the account’s where a key with them would be refused', async () => {
    const accountOf = async (limit: number, used: number, lineage: Site['lineage']) => {
      const { account, quota, source } = await read(limit, used, { lineage });
      assert.deepEqual([quota, source], [undefined, 'account']);
      return account;
    };
    assert.deepEqual(await accountOf(5, 500, 'oneApi'), { balance: 5, used: 5 });
    assert.deepEqual(await accountOf(5, 500, 'oldNewApi'), { balance: 0, used: 5 });
    assert.deepEqual(await accountOf(0, 500, 'oldNewApi'), { balance: -5, used: 5 });
    assert.deepEqual(await accountOf(-2, 500, 'newApi'), { balance: -2, used: 5 });
    assert.deepEqual(await accountOf(-1, 500, 'oneApi'), { balance: -1, used: 5 });
  });

  it('are not known where one of them cannot be read, or is -1 in place of a limit', async () => {
    for (const [limit, used] of [
      ['many', 500],
      [20, 'some'],
      [20, -1],
      [-1, 500],
    ])
      await assert.rejects(read(limit, used), /missing-figures/, `${limit}, ${used}`);
  });

  it('stand without /v1 where a site has no such path, and only there', async () => {
    const both = (first: Answer) =>
      answeringContext({
        ...billing(limitOf(20), usedOf(500), OLD),
        [`${NEW}/subscription`]: [first],
      });
    for (const first of [UNKNOWN_ROUTE, failed('unexpected', 'other-page')]) {
      const { context, paths } = both(first);
      assert.equal((await readBilling(context)).quota?.remaining, 15);
      assert.deepEqual(paths(), [`${NEW}/subscription`, `${OLD}/subscription`, `${OLD}/usage`]);
    }
    for (const other of [failed('transient', 'server-error'), new TypeError('ours')])
      await assert.rejects(readBilling(both(other).context), other);
  });
});

describe('the way to a key’s figures', () => {
  const FIGURES: Answer = [
    200,
    {
      code: true,
      data: { object: 'token_usage', total_granted: 9e5, total_used: 4e5, total_available: 5e5 },
    },
  ];
  const TOO_MANY: Answer = [429, {}];
  const BILLED = billing(limitOf(20), usedOf(500));
  const contextWith = (
    usage: readonly Answer[],
    more: Parameters<typeof answeringContext>[1] = {},
    others = BILLED,
  ) => answeringContext({ [USAGE]: usage, ...others }, more);

  it('is the endpoint of keys', async () => {
    const { context, paths } = contextWith([FIGURES], { site: { lineage: 'oneHub' } });
    assert.equal((await readQuota(context)).quota?.remaining, 1);
    assert.deepEqual(paths(), [USAGE]);
  });

  it('is billing where that is known to be missing', async () => {
    const { context, paths } = contextWith([], { notes: { lacks: { [USAGE]: NOW + HOUR } } });
    assert.equal((await readQuota(context)).quota?.remaining, 15);
    assert.deepEqual(paths(), [`${NEW}/subscription`, `${NEW}/usage`]);
  });

  it('is billing where it turns out to be missing, and it is not asked for in the next hour', async () => {
    const { context, noted } = contextWith([failed('unexpected', 'html')]);
    assert.equal((await readQuota(context)).quota?.remaining, 15);
    assert.deepEqual(noted.at(-1), { lacks: { [USAGE]: NOW + HOUR } });
  });

  it('is billing where a rate limit answers for a path that the software does not have', async () => {
    for (const lineage of ['oneApi', 'oneHub', 'oldNewApi'] as const) {
      const { context } = contextWith([TOO_MANY], { site: { lineage } });
      assert.equal((await readQuota(context)).quota?.remaining, 15);
    }
    for (const lineage of ['newApi', undefined] as const) {
      const { context, paths } = contextWith([TOO_MANY], { site: { lineage } });
      await assert.rejects(readQuota(context), /too-many-requests/);
      // At New API, whether billing answers decides how soon one more scarce call is worth it; it may tell the account's figures.
      assert.deepEqual(paths(), lineage === 'newApi' ? [USAGE, `${NEW}/subscription`] : [USAGE]);
    }
    const ownBudget = failed('rate-limited', 'own-budget');
    await assert.rejects(
      readQuota(contextWith([ownBudget], { site: { lineage: 'oneApi' } }).context),
      ownBudget,
    );
  });

  it('is no other where it refuses the key, is in trouble, or the fault is ours', async () => {
    for (const other of [
      failed('bad-key', 'refused-key'),
      failed('transient', 'server-error'),
      new TypeError('ours'),
    ]) {
      const { context, paths } = contextWith([other]);
      await assert.rejects(readQuota(context), other);
      assert.deepEqual(paths(), [USAGE]);
    }
  });

  it('that leads nowhere is told by its own failure, or by what billing says beyond that', async () => {
    const missing = failed('not-supported', 'no-such-endpoint', { status: 405 });
    const nowhere = { [`${NEW}/subscription`]: [UNKNOWN_ROUTE], [`${OLD}/subscription`]: [UNKNOWN_ROUTE] };
    const { context, noted } = contextWith([missing], {}, nowhere as never);
    await assert.rejects(readQuota(context), missing);
    assert.deepEqual(noted, [], 'it may be there after all');
    for (const told of [failed('bad-key', 'refused-key'), new TypeError('ours')]) {
      const others = { [`${NEW}/subscription`]: [told] };
      await assert.rejects(readQuota(contextWith([missing], {}, others as never).context), told);
    }
  });
});
