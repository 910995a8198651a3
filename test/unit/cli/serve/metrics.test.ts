import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exposition } from '../../../../src/cli/serve/metrics/exposition.ts';
import { families } from '../../../../src/cli/serve/metrics/families.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import { traceIn } from '../../../canary/traces.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { LABELS, measured, READING } from '../../support/measured.ts';

/** Epoch seconds of ten o’clock. */
const SECONDS = Date.parse('2026-11-02T10:00:00.000Z') / 1000;

/** The samples of one family, without the labels that all keys have. */
function samplesOf(
  name: string,
  state: Partial<KeyState>,
): readonly (readonly [value: number, ...labels: string[]])[] {
  const family = families.find(each => each.name === name);
  assert.ok(family, name);
  return family.samples(measured(state)).map(({ value, labels }) => [
    value,
    ...Object.entries(labels)
      .filter(([label]) => !Object.hasOwn(LABELS, label))
      .map(([label, text]) => `${label}=${text}`),
  ]);
}

/** The families of keys that have a sample. */
function named(state: Partial<KeyState>): readonly string[] {
  return families
    .filter(family => family.name !== 'key_quota_build_info' && family.samples(measured(state)).length > 0)
    .map(({ name }) => name.replace('key_quota_', ''))
    .filter(name => !name.startsWith('gateway_'));
}

describe('the metrics of a key', () => {
  it('of which nothing is known are its status and what it is', () => {
    assert.deepEqual(named({ status: 'unknown' }), ['status', 'key_info']);
    assert.deepEqual(samplesOf('key_quota_key_info', {}), [
      [1, 'kind=newApi', 'credential=apiKey', 'expires=unknown'],
    ]);
  });

  it('with a quota are what is left, used and granted, in its unit', () => {
    const reading = { ...READING, quota: { unlimited: false, granted: 10, used: 7.5, remaining: 2.5 } };
    assert.deepEqual(samplesOf('key_quota_remaining_usd', { reading }), [[2.5]]);
    assert.deepEqual(samplesOf('key_quota_usage_usd', { reading }), [[7.5]]);
    assert.deepEqual(samplesOf('key_quota_limit_usd', { reading }), [[10]]);
    assert.deepEqual(samplesOf('key_quota_remaining_ratio', { reading }), [[0.25]]);
    assert.deepEqual(samplesOf('key_quota_unlimited', { reading }), [[0]]);
    for (const unit of ['cny', 'tokens', 'units', 'custom'])
      assert.deepEqual(samplesOf(`key_quota_remaining_${unit}`, { reading }), []);
  });

  it('that tells of no limit, as an account that lists its keys, do not say that there is one', () => {
    const windows = [{ name: 'month', used: 5, unit: 'money' }] as const;
    for (const more of [{ accountKeys: [] }, { windows }])
      assert.deepEqual(samplesOf('key_quota_unlimited', { reading: { ...READING, ...more } }), []);
    const reading = { ...READING, quota: { unlimited: false, used: 3 } };
    assert.deepEqual(samplesOf('key_quota_unlimited', { reading }), [[0]]);
  });

  it('that is used up are 0, and not nothing', () => {
    const reading = { ...READING, quota: { unlimited: false, granted: 10, used: 10, remaining: 0 } };
    assert.deepEqual(samplesOf('key_quota_remaining_usd', { reading }), [[0]]);
    assert.deepEqual(samplesOf('key_quota_remaining_ratio', { reading }), [[0]]);
  });

  it('without limits have no remaining amount, and no sentinel', () => {
    const reading = { ...READING, quota: { unlimited: true, used: 3 } };
    assert.deepEqual(samplesOf('key_quota_unlimited', { reading }), [[1]]);
    assert.deepEqual(samplesOf('key_quota_usage_usd', { reading }), [[3]]);
    for (const name of ['remaining_usd', 'limit_usd', 'remaining_ratio'])
      assert.deepEqual(samplesOf(`key_quota_${name}`, { reading }), []);
  });

  it('in a currency of the gateway’s own name its symbol', () => {
    const reading: Reading = {
      ...{ ...READING, unit: { code: 'CUSTOM', symbol: 'pts', source: 'gateway' } },
      quota: { unlimited: false, remaining: 12 },
    };
    assert.deepEqual(samplesOf('key_quota_remaining_custom', { reading }), [[12, 'symbol=pts']]);
  });

  it('of an account are its balances, each in its currency', () => {
    const balances = [
      { unit: 'USD', amount: 5 },
      { unit: 'CNY', amount: 30 },
    ] as const;
    const reading: Reading = { ...READING, account: { balance: 5, balances } };
    assert.deepEqual(samplesOf('key_quota_account_balance_usd', { reading }), [[5]]);
    assert.deepEqual(samplesOf('key_quota_account_balance_cny', { reading }), [[30]]);
    assert.deepEqual(samplesOf('key_quota_remaining_usd', { reading }), [[5]]);
  });

  it('with quota windows are what is used of each, and no name of a person', () => {
    const reading: Reading = {
      ...READING,
      windows: [
        { name: '5h', used: 30, unit: 'percent', resetsAt: '2026-11-02T12:00:00.000Z' },
        { name: 'day', scope: 'owner', scopeName: 'mia@corp.example', used: 3, limit: 2, unit: 'money' },
        { name: 'day', scope: 'owner', scopeName: 'ben@corp.example', used: 1, limit: 2, unit: 'money' },
        { name: 'month', remaining: 25, limit: 100, unit: 'requests' },
        { name: 'week', used: 4, limit: null, unit: 'money' },
        { name: 'year', limit: 4, unit: 'money' },
      ],
    };
    assert.deepEqual(samplesOf('key_quota_window_used_ratio', { reading }), [
      [0.3, 'window=5h'],
      [1.5, 'window=owner day'],
      [0.75, 'window=month'],
    ]);
    const text = families
      .flatMap(family => family.samples(measured({ reading })))
      .map(each => JSON.stringify(each.labels));
    assert.ok(!text.join().includes('corp.example'));
  });

  it('tell one status of eight', () => {
    const samples = samplesOf('key_quota_status', { status: 'low' });
    assert.equal(samples.length, 8);
    assert.deepEqual(
      samples.filter(([value]) => value === 1),
      [[1, 'status=low']],
    );
  });

  it('tell by its class why a check brought nothing, and never the sentence', () => {
    const failure = { class: 'bad-key', message: 'The gateway says: no such key, mia@corp.example' };
    assert.deepEqual(samplesOf('key_quota_failing', { failure }), [[1, 'error_type=bad-key']]);
    assert.deepEqual(samplesOf('key_quota_failing', {}), []);
  });

  it('tell moments in seconds since 1970, and none where there is none', () => {
    const state: Partial<KeyState> = {
      reading: { ...READING, expiresAt: '2026-11-03T10:00:00.000Z' },
      checkedAt: '2026-11-02T09:59:30.000Z',
      forecast: { lastsUntil: '2026-11-02T20:00:00.000Z', confidence: 'fair' },
    };
    assert.deepEqual(samplesOf('key_quota_reading_timestamp_seconds', state), [[SECONDS - 60]]);
    assert.deepEqual(samplesOf('key_quota_check_timestamp_seconds', state), [[SECONDS - 30]]);
    assert.deepEqual(samplesOf('key_quota_expiry_timestamp_seconds', state), [[SECONDS + 86_400]]);
    assert.deepEqual(samplesOf('key_quota_exhaustion_timestamp_seconds', state), [
      [SECONDS + 36_000, 'confidence=fair'],
    ]);
    const never = { reading: { ...READING, expiresAt: null }, forecast: { confidence: 'none' } as const };
    assert.deepEqual(samplesOf('key_quota_expiry_timestamp_seconds', never), []);
    assert.deepEqual(samplesOf('key_quota_exhaustion_timestamp_seconds', never), []);
    assert.deepEqual(samplesOf('key_quota_key_info', never)[0]?.at(-1), 'expires=never');
  });

  it('tell when the budget that binds is reset', () => {
    const reading: Reading = {
      ...READING,
      budget: { spent: 1, limit: 4, resetsAt: '2026-11-02T11:00:00.000Z' },
    };
    assert.deepEqual(samplesOf('key_quota_budget_reset_timestamp_seconds', { reading }), [[SECONDS + 3600]]);
    assert.deepEqual(samplesOf('key_quota_remaining_usd', { reading }), [[3]]);
  });

  it('tell nothing as used of a window but what is told of it', () => {
    // $61 were used in the life of the key, and of this month's $5 nobody knows.
    const reading: Reading = {
      ...READING,
      quota: { unlimited: true, used: 61 },
      windows: [{ name: 'month', limit: 5, unit: 'money' }],
    };
    assert.deepEqual(samplesOf('key_quota_usage_usd', { reading }), []);
    assert.deepEqual(samplesOf('key_quota_limit_usd', { reading }), [[5]]);
  });

  it('tell what was spent in a period of which no part is missing', () => {
    const spend = {
      today: 1,
      week: 4,
      calendarWeek: 1,
      month: 2,
      since: '2026-11-02T00:00:00.000Z',
      complete: false,
      days: [1],
    };
    // A Monday, on which the week began; the month began the day before.
    assert.deepEqual(samplesOf('key_quota_spend_usd', { reading: READING, spend }), [
      [1, 'period=day'],
      [1, 'period=week'],
    ]);
  });

  it('tell what part of its own limits is spent, as far as that is known', () => {
    const unit = { code: 'USD' } as const;
    const resetsAt = '2026-12-01T00:00:00.000Z';
    const spendingLimits = [
      { period: 'day', limit: 5, unit, resetsAt, complete: false },
      { period: 'month', limit: 50, unit, spent: 40, resetsAt, complete: true },
    ] as const;
    assert.deepEqual(samplesOf('key_quota_spending_limit_ratio', { spendingLimits }), [
      [0.8, 'period=month'],
    ]);
  });
});

const scrape = async (of: Parameters<typeof exposition>[0]) => (await exposition(of)).join('');

describe('what Prometheus scrapes', () => {
  it('is in its format, with what each metric means', async () => {
    const text = await scrape(
      measured({ reading: { ...READING, quota: { unlimited: false, remaining: 2.5 } } }),
    );
    const lines = text.split('\n');
    for (const line of [
      '# TYPE key_quota_remaining_usd gauge',
      'key_quota_remaining_usd{key_id="5e9a07c41b3fd286",key_name="ML batch",server_address="gw.example"} 2.5',
      '# TYPE key_quota_gateway_calls_total counter',
      'key_quota_gateway_calls_total{server_address="gw.example",limiter="scarce"} 7',
      'key_quota_gateway_refused_total{server_address="gw.example",limiter="scarce"} 2',
      'key_quota_gateway_calls_in_window{server_address="gw.example",limiter="scarce"} 3',
      'key_quota_gateway_calls_allowed{server_address="gw.example",limiter="scarce"} 10',
      'key_quota_build_info{version="0.2.0"} 1',
    ])
      assert.ok(lines.includes(line), `${line}\n${text}`);
    // What has no sample has no description either.
    assert.ok(!text.includes('key_quota_remaining_cny'));
  });

  it('says nothing of another month’s spend, though the key has not changed', async () => {
    const spend = { today: 1, month: 4, monthFrom: '2026-11-01T00:00:00.000Z', days: [1] };
    const known = measured({
      reading: READING,
      spend: { ...spend, since: '2026-10-01T00:00:00.000Z', complete: true } as unknown as KeyState['spend'],
    });
    const month = /key_quota_spend_usd\{.*period="month"\} 4$/m;
    assert.match(await scrape(known), month);
    assert.match(await scrape({ ...known, now: known.now + 1000 }), month);
    assert.doesNotMatch(await scrape({ ...known, now: Date.parse('2026-12-02T10:00:00Z') }), month);
  });

  it('has no secret in it, wherever one came from', async () => {
    const secret = secretFor('a key that a gateway calls its window');
    redactor.protect(secret);
    const windows = [{ name: secret, used: 1, limit: 2, unit: 'money' }] as const;
    const text = await scrape(measured({ reading: { ...READING, windows } }));
    assert.match(text, /^key_quota_window_used_ratio\{.*window="‹secret›"\} 0\.5$/m);
    assert.equal(traceIn(text), undefined);
  });

  it('has one name for each metric, by the rules of Prometheus', () => {
    const names = families.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, type, unit } of families) {
      assert.match(name, /^key_quota_[a-z_]+$/);
      assert.equal(name.endsWith('_total'), type === 'counter', name);
      assert.equal(name.endsWith('_timestamp_seconds'), unit === 's', name);
      assert.equal(name.endsWith('_ratio'), unit === '1', name);
    }
  });
});
