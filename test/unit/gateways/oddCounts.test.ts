import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { daysOfPage } from '../../../src/gateways/liteLlm/activity.ts';
import { readAccountLogs } from '../../../src/gateways/newApi/logs.ts';
import { parseSpendRow } from '../../../src/gateways/newApi/spendRows.ts';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { accessTokenFor, secretFor } from '../../sampleGateways/secrets.ts';
import { TestWindow } from '../support/testWindow.ts';
import { logRow, scriptedContext } from './newApi/scriptedContext.ts';

const ACCOUNT = { credential: 'accessToken', secret: accessTokenFor('odd counts'), userId: '7' } as const;

describe('a number that counts', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow?.close();
    await server?.close();
  });

  /** What a check brings where these paths are answered. */
  async function check(draft: Partial<KeyDraft>, answers: Readonly<Record<string, unknown>>) {
    server = await startScriptedServer(({ path }) =>
      path in answers ? { body: answers[path] } : { status: 404, body: { message: 'not found' } },
    );
    testWindow = new TestWindow();
    const { reading } = await testWindow.keyService.checkDraft({
      ...{ kind: 'newApi', credential: 'apiKey', label: 'Team', baseUrl: server.origin },
      ...{ secret: secretFor('odd counts'), ...draft },
    });
    return reading ?? assert.fail();
  }

  it('of requests is not known below 0: New API', async () => {
    const data = { quota: 500_000, request_count: -1 };
    const { account } = await check(ACCOUNT, {
      '/api/user/self': { success: true, data },
      '/api/token/': { success: true, data: { items: [], total: 0 } },
    });
    assert.deepEqual([account?.balance, account?.requests], [1, undefined]);
  });

  it('of requests is not known below 0, and an empty row is no key: CometAPI', async () => {
    const keys = [{ name: 'one', remain_quota: 5, used_quota: 1 }, {}, []];
    const reading = await check(
      { kind: 'cometApi', credential: 'queryKey' },
      { '/user/quota': { total_quota: 12.5, request_count: -1, keys } },
    );
    assert.deepEqual([reading.account?.balance, reading.account?.requests], [12.5, undefined]);
    assert.deepEqual(
      [reading.accountKeys?.map(({ name }) => name), reading.accountKeysMissing],
      [['one'], { total: 3 }],
    );
  });

  it('of keys leaves out an empty row, and says so: CheapestInference', async () => {
    const { accountKeys, accountKeysMissing } = await check(
      { kind: 'cheapestInference', credential: 'managementKey' },
      { '/api/usage': { success: true, data: [{ id: 'k1', name: 'alice' }, {}, []] } },
    );
    assert.deepEqual([accountKeys?.map(({ name }) => name), accountKeysMissing], [['alice'], { total: 3 }]);
  });

  it('of requests a minute is no limit at 999999999, and an empty word is none', async () => {
    const budget = { spent: 1, limit: 5, duration: '\u200B', resets_at: null };
    const reading = await check(
      { kind: 'cheapestInference' },
      {
        '/v1/usage': {
          budget,
          rate_limits: { rpm: 60, tpm: 999_999_999 },
          plan: { slug: '', status: 'active', expires_at: '2100-01-01T00:00:00Z' },
        },
      },
    );
    assert.deepEqual(JSON.parse(JSON.stringify([reading.rateLimits, reading.budget, reading.plan])), [
      { rpm: 60 },
      { spent: 1, limit: 5 },
      { status: 'active', expiresAt: '2100-01-01T00:00:00.000Z' },
    ]);
  });

  it('of dollars is nothing that was spent on a day at 999999999: LiteLLM', () => {
    const days = [0.5, 999_999_999].map(spend => ({ date: '2026-06-10', metrics: { spend } }));
    const page = daysOfPage({ results: days }, 'a'.repeat(64));
    assert.deepEqual([page.days.map(({ raw }) => raw), page.unreadable], [[0.5], 1]);
  });

  it('of tokens or seconds is not known below 0 in a row of a log', async () => {
    const row = logRow(5, { prompt_tokens: -7, completion_tokens: 2, use_time: -1 });
    assert.deepEqual(
      [parseSpendRow(row)?.prompt_tokens, parseSpendRow(row)?.completion_tokens],
      [undefined, 2],
    );
    const { context } = scriptedContext({
      '/api/log/self': [{ items: [row], total: 1 }],
      '/api/log/self/stat': [{ quota: 10 }],
    });
    const scale = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 } as const;
    const { rows } = await readAccountLogs(context, { page: 1, pageSize: 50 }, scale);
    assert.deepEqual(
      rows.map(({ promptTokens, completionTokens, seconds }) => [promptTokens, completionTokens, seconds]),
      [[undefined, 2, undefined]],
    );
  });
});
