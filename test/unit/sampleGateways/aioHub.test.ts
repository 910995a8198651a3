import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, askJson, bearer } from './ask.ts';

describe('sample gateway: AIOHub', () => {
  let gateway: SampleGateway;
  before(async () => {
    gateway = await startSampleGateway({ kind: 'aioHub' });
  });
  after(() => gateway.close());

  const status = async (key: string, query = ''): Promise<number> =>
    (await ask(gateway.origin, `/api/usage/token/${query}`, bearer(gateway.secret(key)))).status;

  it('speaks display units in a success envelope', async () => {
    const answer = await ask(gateway.origin, '/api/usage/token/', bearer(gateway.secret('ok')));
    assert.equal(
      answer.text,
      '{"data":{"expires_at":0,"total_available":0.2,"total_granted":0.3,"total_used":0.1,"unlimited_quota":false},' +
        '"message":"ok","success":true}',
    );
  });

  for (const query of [
    '?start_timestamp=1700000000',
    '?end_timestamp=1700000000',
    '?start_timestamp=1700000000000&end_timestamp=1700100000000',
    '?start_timestamp=1700100000&end_timestamp=1700000000',
    '?start_timestamp=a&end_timestamp=b',
  ]) {
    it(`refuses ${query}`, async () => assert.equal(await status('ok', query), 400));
  }

  it('answers a range without use with 0, and exhausted keys too', async () => {
    const path = '/api/usage/token/?start_timestamp=1700000000&end_timestamp=1700000000&other=1';
    for (const key of ['ok', 'exhausted']) {
      const body = await askJson<{ data: { range_used: number } }>(
        gateway.origin,
        path,
        bearer(gateway.secret(key)),
      );
      assert.equal(body.data.range_used, 0);
    }
  });

  it('refuses disabled and expired keys', async () => {
    assert.deepEqual(
      [await status('disabled'), await status('expired'), await status('exhausted')],
      [401, 401, 200],
    );
  });
});
