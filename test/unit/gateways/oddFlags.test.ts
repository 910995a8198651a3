import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { accessTokenFor, secretFor } from '../../sampleGateways/secrets.ts';
import { TestWindow } from '../support/testWindow.ts';

/** Numbers that an unlimited key has at New API once it was used. */
const TOTALS = { total_granted: 0, total_used: 500_000, total_available: -500_000 };

describe('a switch or a count in a form of its own', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  /** What a check brings where one path is answered. */
  async function check(draft: Partial<KeyDraft>, answers: Readonly<Record<string, unknown>>) {
    server = await startScriptedServer(({ path }) => {
      if (path in answers) return { body: answers[path] };
      return {
        status: 404,
        body: { error: { message: `Invalid URL (GET ${path})`, type: 'new_api_error' } },
      };
    });
    testWindow = new TestWindow();
    const { origin } = server;
    const secret = secretFor('odd flags');
    return testWindow.keyService.checkDraft({
      ...{ kind: 'newApi', credential: 'apiKey', label: 'Team', baseUrl: origin, secret },
      ...draft,
    });
  }
  const ofKey = (unlimited_quota: unknown) =>
    check({}, { '/api/usage/token/': { code: true, data: { ...TOTALS, unlimited_quota } } });

  for (const flag of [true, 1, '1', 'true', 'True', 'TRUE']) {
    it(`${JSON.stringify(flag)} is unlimited`, async () =>
      assert.equal((await ofKey(flag)).reading?.quota?.unlimited, true));
  }

  for (const flag of [false, 0, '0', 'False', null, undefined]) {
    it(`${JSON.stringify(flag)} is not`, async () =>
      assert.equal((await ofKey(flag)).reading?.quota?.unlimited, false));
  }

  for (const flag of ['yes', 2, {}, '']) {
    it(`${JSON.stringify(flag)} cannot be read, so that the totals say nothing`, async () => {
      const { reading, failure } = await ofKey(flag);
      assert.deepEqual([reading, failure?.reason], [undefined, 'missing-figures']);
    });
  }

  it('of a key in an account’s list leaves open what is left of it', async () => {
    const row = { status: 1, remain_quota: -5, used_quota: 0, expired_time: -1 };
    const items = ['True', 'yes', false].map((unlimited_quota, id) => ({
      ...row,
      id: id + 1,
      name: `key ${id}`,
      unlimited_quota,
    }));
    const { reading } = await check(
      { credential: 'accessToken', secret: accessTokenFor('odd flags'), userId: '7' },
      {
        '/api/user/self': { success: true, data: { quota: 500_000 } },
        '/api/token/': { success: true, data: { items, total: 3 } },
      },
    );
    assert.deepEqual(
      reading?.accountKeys?.map(({ unlimited, remaining, status }) => [
        unlimited,
        remaining !== undefined,
        status,
      ]),
      [
        [true, false, undefined],
        [undefined, false, undefined],
        [false, true, 'exhausted'],
      ],
    );
  });

  it('of less than nothing is no rate limit and no number of requests', async () => {
    const budget = { spent: 1, limit: 5, duration: '30d', resets_at: null };
    const { reading } = await check(
      { kind: 'cheapestInference' },
      { '/v1/usage': { budget, rate_limits: { rpm: -1, tpm: 3333 } } },
    );
    assert.deepEqual({ ...reading?.rateLimits }, { rpm: undefined, tpm: 3333 });
  });
});
