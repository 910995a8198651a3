import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { readAccountLogs } from '../../../src/gateways/newApi/logs.ts';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { accessTokenFor, secretFor } from '../../sampleGateways/secrets.ts';
import { TestWindow } from '../support/testWindow.ts';
import { logRow, scriptedContext } from './newApi/scriptedContext.ts';

const BILLING = '/v1/dashboard/billing';
const ACCOUNT = { credential: 'accessToken', secret: accessTokenFor('negative'), userId: '7' } as const;
const NEW_API_STATUS = { success: true, data: { quota_per_unit: 500_000, quota_display_type: 'USD' } };
const ONE_API_STATUS = { success: true, data: { quota_per_unit: 500_000, chat_link: '' } };

const DOLLARS = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 } as const;

describe('a row of an account’s log', () => {
  async function read(quota: number) {
    const { context } = scriptedContext({
      '/api/log/self': [
        {
          items: [logRow(5), logRow(4, { quota: -500_000 }), logRow(3, { type: 6, quota: -250_000 })],
          total: 3,
        },
      ],
      '/api/log/self/stat': [{ quota }],
    });
    return readAccountLogs(context, { page: 1, pageSize: 50 }, DOLLARS);
  }

  it('has no readable amount where a request is said to cost less than nothing; a refund has', async () => {
    const { rows } = await read(10);
    assert.deepEqual(
      rows.map(({ type, amount }) => [type, amount]),
      [
        ['consume', 0.00002],
        ['consume', undefined],
        ['refund', -0.5],
      ],
    );
  });

  it('comes without a sum where the sum is below 0', async () => {
    assert.equal((await read(500_000)).summary?.used, 1);
    assert.equal((await read(-1)).summary, undefined);
  });
});

describe('an amount below 0', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  async function check(draft: Partial<KeyDraft>, answers: Readonly<Record<string, unknown>>) {
    server = await startScriptedServer(({ path }) =>
      path in answers
        ? { body: answers[path] }
        : { status: 404, body: { error: { message: `Invalid URL (GET ${path})`, type: 'new_api_error' } } },
    );
    testWindow = new TestWindow();
    return testWindow.keyService.checkDraft({
      ...{ kind: 'newApi', credential: 'apiKey', label: 'Team', baseUrl: server.origin },
      ...{ secret: secretFor('negative'), ...draft },
    });
  }

  const billed = (hard_limit_usd: number, total_usage: number, status: unknown = NEW_API_STATUS) =>
    check(
      {},
      {
        '/api/status': status,
        [`${BILLING}/subscription`]: { hard_limit_usd, access_until: 0 },
        [`${BILLING}/usage`]: { total_usage },
      },
    );
  const listed = async (...rows: readonly object[]) => {
    const items = rows.map((row, index) => ({ id: index + 1, name: 'k', expired_time: -1, ...row }));
    const { reading } = await check(ACCOUNT, {
      '/api/status': NEW_API_STATUS,
      '/api/user/self': { success: true, data: { quota: 500_000, used_quota: -1 } },
      '/api/token/': { success: true, data: { items, total: items.length } },
    });
    return reading;
  };

  it('is not known as a limit of billing that is -1', async () => {
    const { reading, failure } = await billed(-1, 50);
    assert.deepEqual([reading, failure?.reason], [undefined, 'missing-figures']);
  });

  it('is not known as what was used by billing', async () => {
    const { reading, failure } = await billed(5, -1);
    assert.deepEqual([reading, failure?.reason], [undefined, 'missing-figures']);
  });

  it('is what an account of One API is overdrawn by, -1 too', async () => {
    const { reading } = await billed(-1, 50, ONE_API_STATUS);
    assert.deepEqual(reading?.account, { balance: -1, used: 0.5 });
  });

  it('is not known as what is left of a key in a list where it is -1', async () => {
    const reading = await listed({ status: 1, remain_quota: -1, used_quota: 250_000 });
    const [key] = reading?.accountKeys ?? [];
    assert.deepEqual(
      [key?.unlimited, key?.remaining, key?.used, key?.status],
      [false, undefined, 0.5, undefined],
    );
  });

  it('is what a key in a list is overdrawn by: by more, or used up in the gateway’s own words', async () => {
    const reading = await listed(
      { status: 1, remain_quota: -10_000, used_quota: 260_000 },
      { status: 4, remain_quota: -1, used_quota: 250_001 },
    );
    assert.deepEqual(
      reading?.accountKeys?.map(({ remaining, status }) => [remaining, status]),
      [
        [-0.02, 'exhausted'],
        [-0.000002, 'exhausted'],
      ],
    );
  });

  it('is not known as what a key or an account used', async () => {
    const reading = await listed({ status: 1, remain_quota: 500_000, used_quota: -1 });
    const [key] = reading?.accountKeys ?? [];
    assert.deepEqual([reading?.account?.used, key?.used, key?.remaining], [undefined, undefined, 1]);
  });

  it('is not known as what a key used, so that nothing follows from it about what is left', async () => {
    const totals = { total_granted: 500_000, total_used: -1, unlimited_quota: false };
    const { reading, failure } = await check({}, { '/api/usage/token/': { code: true, data: totals } });
    assert.deepEqual([reading, failure?.reason], [undefined, 'missing-figures']);
  });

  it('makes a budget unreadable as what was spent of it, and the rest is kept', async () => {
    const { reading } = await check(
      { kind: 'cheapestInference' },
      { '/v1/usage': { budget: { spent: -1, limit: 10, resets_at: null }, credits: { balance: 5 } } },
    );
    assert.deepEqual(
      [reading?.budget, reading?.account?.balance, reading?.unreadable],
      [undefined, 5, ['budget']],
    );
  });
});
