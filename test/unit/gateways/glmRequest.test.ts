import assert from 'node:assert/strict';
import { it } from 'mocha';
import { glmPlan } from '../../../src/gateways/glmPlan/glmPlan.ts';
import type { GatewayRequest } from '../../../src/http/boundClient.ts';
import { NOW } from '../support/samples.ts';

it('a GLM plan is asked with the bare key, and for words in English', async () => {
  const sent: GatewayRequest[] = [];
  const limits = [{ type: 'TOKENS_LIMIT', unit: 6, number: 1, percentage: 9 }];
  await glmPlan.readQuota({
    sendRequest: async request => {
      sent.push(request);
      return { status: 200, headers: new Headers(), text: JSON.stringify({ code: 200, data: { limits } }) };
    },
    credential: 'apiKey',
    now: () => NOW,
  });
  const [{ secretIn, headers } = assert.fail()] = sent;
  assert.deepEqual([secretIn, headers, sent.length], ['raw', { 'accept-language': 'en-US,en' }, 1]);
});
