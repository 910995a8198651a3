import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { miniMax } from '../../../src/gateways/miniMax/miniMax.ts';
import { NOW } from '../support/samples.ts';

const ROW = {
  model_name: 'general',
  current_interval_total_count: 100,
  current_interval_usage_count: 25,
  current_interval_status: 1,
  current_weekly_status: 3,
};

/** Where it was asked, and what of the interval was used. */
async function readAt(baseUrl: string) {
  const text = JSON.stringify({ model_remains: [ROW], base_resp: { status_code: 0 } });
  const paths: string[] = [];
  const { windows } = await miniMax.readQuota({
    sendRequest: async ({ path }) => {
      paths.push(path);
      return { status: 200, headers: new Headers(), text };
    },
    credential: 'apiKey',
    baseUrl,
    now: () => NOW,
  });
  return [...paths, windows?.[0]?.used];
}

describe('the counts of a MiniMax plan', () => {
  it('are what is left in one region and what was used in the other', async () => {
    assert.deepEqual(await readAt('https://api.minimax.io'), [
      '/v1/api/openplatform/coding_plan/remains',
      75,
    ]);
    assert.deepEqual(await readAt('https://api.minimaxi.com'), ['/v1/token_plan/remains', 25]);
  });

  it('mean nothing at any other host', () =>
    assert.rejects(readAt('https://relay.example'), /unexpected: missing-figures/));
});
