import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { manualClock } from '../../sampleGateways/clock.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { askJson, bearer } from './ask.ts';

const clock = manualClock();
const NOW = clock.now() / 1000;
const HOUR = 3600;
const DAY = 86_400;

interface Usage {
  data: { total_available: number; total_used: number; range_used: number };
}
interface Rows {
  data: { type: number; quota: number }[];
}
interface Stat {
  data: { quota: number; rpm: number; tpm: number };
}

describe('sample gateway: one ledger behind all endpoints', () => {
  let gateway: SampleGateway;
  let account: Record<string, string>;

  before(async () => {
    const keys = { a: { holds: { name: 'alpha', used: 0 } }, b: { holds: { name: 'beta', used: 0 } } };
    gateway = await startSampleGateway({ clock: clock.now, accounts: [{ name: 'team', keys }] });
    account = { Authorization: gateway.account('team').accessToken };
    gateway.spend('a', {
      quota: 3_000,
      model: 'gpt-4.1',
      promptTokens: 100,
      completionTokens: 20,
      at: NOW - 2 * DAY,
    });
    gateway.spend('a', {
      quota: 1_500,
      model: 'gpt-4.1-mini',
      promptTokens: 50,
      completionTokens: 10,
      at: NOW - HOUR,
    });
    gateway.spend('a', { quota: 500, model: 'gpt-4.1', promptTokens: 9, completionTokens: 1, at: NOW - 30 });
    gateway.spend('b', {
      quota: 7_000,
      model: 'o3',
      promptTokens: 200,
      completionTokens: 300,
      at: NOW - HOUR,
    });
    gateway.holdings.write('a', { type: 5, quota: 0, content: 'upstream error', at: NOW - 10 });
    gateway.refund('b', { quota: 1_000, model: 'o3', at: NOW - 5 });
  });
  after(() => gateway.close());

  const get = <Body>(path: string, headers = account): Promise<Body> =>
    askJson<Body>(gateway.origin, path, headers);
  const range = (from: number, to: number): string => `start_timestamp=${from}&end_timestamp=${to}`;

  it('keeps exact sums by key, model and day', () => {
    assert.deepEqual(gateway.ledger.sum(), { quota: 12_000, requests: 4, tokens: 690 });
    assert.equal(gateway.ledger.sum({ key: 'a' }).quota, 5_000);
    assert.deepEqual(
      [...gateway.ledger.by('model')].map(([name, sum]) => [name, sum.quota]),
      [
        ['gpt-4.1', 3_500],
        ['gpt-4.1-mini', 1_500],
        ['o3', 7_000],
      ],
    );
    assert.deepEqual([...gateway.ledger.by('day').keys()], ['2026-06-13', '2026-06-15']);
  });

  it('moves key, wallet and lifetime figures by the same amounts', async () => {
    const { data } = await get<Usage>('/api/usage/token/', bearer(gateway.secret('a')));
    assert.deepEqual([data.total_available, data.total_used], [95_000, 5_000]);
    const self = await get<{ data: Record<string, number> }>('/api/user/self');
    assert.deepEqual(
      [self.data.quota, self.data.used_quota, self.data.request_count],
      [5_000_000 - 11_000, 11_000, 4],
    );
    const usage = await get<{ total_usage: number }>('/dashboard/billing/usage', bearer(gateway.secret('a')));
    assert.equal(usage.total_usage, 1);
  });

  it('shows a key its own rows, newest first', async () => {
    const { data } = await get<Rows>('/api/log/token', bearer(gateway.secret('a')));
    assert.deepEqual(
      data.map(row => [row.type, row.quota]),
      [
        [5, 0],
        [2, 500],
        [2, 1_500],
        [2, 3_000],
      ],
    );
  });

  for (const [query, quota] of [
    ['', 12_000],
    ['token_name=alpha', 5_000],
    ['model_name=gpt-4.1', 3_500],
    ['model_name=gpt-4.1%25', 5_000],
    ['group=vip', 0],
    ['start_timestamp=soon', 12_000],
    [range(NOW - HOUR, NOW - HOUR), 8_500],
    [range(NOW - HOUR + 1, NOW), 500],
    [range(NOW - 2 * DAY, NOW - 2 * DAY), 3_000],
  ] as const) {
    it(`adds up ${query || 'everything'}`, async () => {
      assert.equal((await get<Stat>(`/api/log/self/stat?${query}`)).data.quota, quota);
      const log = await get<{ data: { items: Rows['data'] } }>(
        `/api/log/self?p=1&page_size=100&type=2&${query}`,
      );
      assert.equal(
        log.data.items.reduce((sum, row) => sum + row.quota, 0),
        quota,
      );
    });
  }

  it('measures the pace of the last minute', async () => {
    const { data } = await get<Stat>('/api/log/self/stat');
    assert.deepEqual([data.rpm, data.tpm], [1, 10]);
  });

  it('adds up by hour and model, a month at a time', async () => {
    type Hours = { success: boolean; data: { created_at: number; quota: number; model_name: string }[] };
    const { data } = await get<Hours>(`/api/data/self?${range(NOW - 3 * DAY, NOW)}`);
    assert.equal(
      data.reduce((sum, hour) => sum + hour.quota, 0),
      12_000,
    );
    assert.ok(data.every(hour => hour.created_at % HOUR === 0));
    assert.equal((await get<Hours>(`/api/data/self?${range(NOW - 30 * DAY - 1, NOW)}`)).success, false);
    assert.equal((await get<Hours>(`/api/data/self?${range(NOW - 30 * DAY, NOW)}`)).success, true);
  });

  it('shows the same account through the query service', async () => {
    const query = await startSampleGateway({ kind: 'cometQuery', holdings: gateway.holdings });
    const path = `/user/quota/?key=${gateway.secret('a')}&start_date=2026-06-14&end_date=2026-06-15`;
    const body = await askJson<Record<string, unknown>>(query.origin, path);
    await query.close();
    assert.equal(body.total_quota, 9.978);
    assert.equal(body.total_used_quota, 0.022);
    assert.deepEqual(body.daily_quota, {
      '2026-06-15': [
        { token_name: 'alpha', quota_used: 0.004, request_count: 2 },
        { token_name: 'beta', quota_used: 0.014, request_count: 1 },
      ],
    });
  });

  it('shows the same account through AIOHub', async () => {
    const aio = await startSampleGateway({ kind: 'aioHub', holdings: gateway.holdings });
    const path = `/api/usage/token/?${range(NOW - HOUR, NOW - 30)}`;
    const body = await askJson<Usage>(aio.origin, path, bearer(gateway.secret('a')));
    await aio.close();
    assert.equal(body.data.range_used, 0.004);
    assert.equal(body.data.total_used, 0.01);
  });
});
