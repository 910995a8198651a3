import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Range } from '../../../src/core/usage/range.ts';
import type { Usage } from '../../../src/core/usage/usage.ts';
import type { QuerySettings } from '../../sampleGateways/settings.ts';
import { TestSetup } from '../support/testSetup.ts';
import { keyUsage, sumsOf } from './asking.ts';
import { june, QUERY, spend, TEAM } from './fixture.ts';

const TENTH: Range = { from: june(10, 0) * 1000, to: june(11, 0) * 1000 - 1 };

describe('CometAPI’s query service for a range', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const ask = async (more: Partial<QuerySettings> = {}, range?: Range): Promise<Usage> => {
    setup = await TestSetup.open({
      kind: 'cometQuery',
      settings: { query: { ...QUERY, ...more } },
      accounts: [TEAM],
    });
    spend(setup.gateway);
    return keyUsage(setup, 'alice', range);
  };

  it('asks for days, and gives them by key', async () => {
    const usage = await ask();
    assert.equal(setup.calls[0], 'GET /user/quota?start_date=2026-06-01&end_date=2026-06-30&key=alice');
    assert.deepEqual(
      usage.byDay?.map(({ name, used, requests }) => [name, used, requests]),
      [
        ['2026-06-10', 0.15, 2],
        ['2026-06-12', 0.2, 1],
      ],
    );
    assert.deepEqual(
      usage.byKey?.map(({ name, used, requests }) => [name, used, requests]),
      [
        ['bob', 0.2, 1],
        ['alice', 0.15, 2],
      ],
    );
    assert.equal(usage.byModel, undefined);
  });

  it('asks for one day only when the range has no more', async () => {
    const usage = await ask({}, TENTH);
    assert.equal(setup.calls[0], 'GET /user/quota?start_date=2026-06-10&end_date=2026-06-10&key=alice');
    assert.equal(usage.total?.used, 0.15);
  });

  it('says that the days are the gateway’s own', async () => {
    const usage = await ask({ dayOffset: QUERY.dayOffset + 24 * 60 });
    assert.equal(usage.coverage.reason, 'gateway-days');
    assert.deepEqual(
      usage.byDay?.map(({ name }) => name),
      ['2026-06-11', '2026-06-13'],
    );
  });

  it('does not count days that it did not ask for', async () => {
    const usage = await ask({ staleDays: true }, TENTH);
    assert.deepEqual(JSON.parse(JSON.stringify(sumsOf(usage))), {
      total: { used: 0.15, requests: 2 },
      byDay: [{ name: '2026-06-10', used: 0.15, requests: 2 }],
      byKey: [{ name: 'alice', used: 0.15, requests: 2 }],
    });
  });

  it('keys that share a name are one, as the service tells them', async () => {
    const keys = { a: { holds: { name: 'shared' } }, b: { holds: { name: 'shared' } } };
    setup = await TestSetup.open({
      kind: 'cometQuery',
      settings: { query: QUERY },
      accounts: [{ name: 'team', keys }],
    });
    setup.gateway.spend('a', { at: june(10), quota: 500_000 });
    setup.gateway.spend('b', { at: june(10), quota: 250_000 });
    const { byKey } = await keyUsage(setup, 'a');
    assert.deepEqual(
      byKey?.map(({ name, used }) => [name, used]),
      [['shared', 1.5]],
    );
  });

  for (const [name, daily, used] of [
    ['no days at all', undefined, 0],
    ['null for no days', null, 0],
    ['an empty list for no days', [], 0],
    ['an empty day', { '2026-06-10': [] }, 0],
    ['amounts that are text', { '2026-06-10': [{ token_name: 'a', quota_used: '0.25' }] }, 0.25],
    [
      'odd members beside days',
      { total: 7, yesterday: [], '2026-06-10': [{ token_name: null, quota_used: 0.5 }] },
      0.5,
    ],
  ] as const) {
    it(`takes ${name}`, async () => {
      const it = { holds: { name: 'it' }, data: { daily_quota: daily } };
      setup = await TestSetup.open({ kind: 'cometQuery', settings: { query: QUERY }, scenarios: { it } });
      const { total, coverage } = await keyUsage(setup, 'it');
      assert.equal(total?.used, used);
      assert.equal(coverage.complete, true);
    });
  }

  for (const form of [
    '2026/06/10',
    '20260610',
    'Jun 10',
    '1781049600',
    '2026-06-10T00:00:00Z',
    '2026-13-40',
  ]) {
    it(`a day in the form ${form} is not readable, and not nothing`, async () => {
      const rows = [{ token_name: 'a', quota_used: 0.5 }];
      const it = { holds: { name: 'it' }, data: { daily_quota: { [form]: rows, '2026-06-11': rows } } };
      setup = await TestSetup.open({ kind: 'cometQuery', settings: { query: QUERY }, scenarios: { it } });
      const { total, coverage } = await keyUsage(setup, 'it');
      assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.5, false, 'unreadable-rows']);
    });
  }

  it('says that rows are missing whose amount is below 0', async () => {
    const rows = [0.5, -1, 999_999_999].map(quota_used => ({ token_name: 'a', quota_used }));
    const it = { holds: { name: 'it' }, data: { daily_quota: { '2026-06-10': rows } } };
    setup = await TestSetup.open({ kind: 'cometQuery', settings: { query: QUERY }, scenarios: { it } });
    const { total, coverage } = await keyUsage(setup, 'it');
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.5, false, 'unreadable-rows']);
  });

  it('says that rows are missing when it cannot read them', async () => {
    const daily = { '2026-06-10': [{ token_name: 'a', quota_used: 0.5 }, null, 7], '2026-06-11': 'many' };
    const it = { holds: { name: 'it' }, data: { daily_quota: daily } };
    setup = await TestSetup.open({ kind: 'cometQuery', settings: { query: QUERY }, scenarios: { it } });
    const { total, coverage } = await keyUsage(setup, 'it');
    assert.equal(total?.used, 0.5);
    assert.equal(coverage.complete, false);
  });

  it('does not take something else in place of days for no spend', async () => {
    const it = { holds: { name: 'it' }, data: { daily_quota: 'none' } };
    setup = await TestSetup.open({ kind: 'cometQuery', settings: { query: QUERY }, scenarios: { it } });
    await assert.rejects(keyUsage(setup, 'it'), /missing-figures/);
  });
});
