import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, it } from 'mocha';
import { type ManualClock, manualClock } from '../../sampleGateways/clock.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, bearer } from './ask.ts';

describe('sample gateway: limiters', () => {
  let gateway: SampleGateway | undefined;
  let clock: ManualClock;
  afterEach(() => gateway?.close());

  async function start(options: GatewayOptions): Promise<SampleGateway> {
    clock = manualClock();
    gateway = await startSampleGateway({
      limits: 'real',
      clock: clock.now,
      scenarios: { a: {}, b: {} },
      ...options,
    });
    return gateway;
  }

  async function statuses(from: SampleGateway, calls: number, path = '/api/usage/token/'): Promise<number[]> {
    const seen: number[] = [];
    for (let i = 0; i < calls; i++) {
      const key = i % 2 ? 'a' : 'b';
      seen.push((await ask(from.origin, path, bearer(from.secret(key)))).status);
    }
    return seen;
  }

  it('lets 20 calls through in 20 minutes, shared by keys and by both scarce endpoints', async () => {
    const from = await start({ version: 'v1.0.0-rc.17' });
    assert.deepEqual(new Set(await statuses(from, 10)), new Set([200]));
    assert.deepEqual(new Set(await statuses(from, 10, '/api/log/token')), new Set([200]));
    assert.deepEqual(await statuses(from, 1), [429]);
    assert.equal((await ask(from.origin, '/api/status')).status, 200);
  });

  it('before rc.22 slides: refused calls leave no trace and there is no Retry-After', async () => {
    const from = await start({ version: 'v1.0.0-rc.17', limits: { critical: { calls: 2, seconds: 60 } } });
    assert.deepEqual(await statuses(from, 1), [200]);
    clock.advance(30_000);
    assert.deepEqual(await statuses(from, 5), [200, 429, 429, 429, 429]);
    clock.advance(30_000);
    // The first call is a minute old, so exactly one place is free.
    assert.deepEqual(await statuses(from, 2), [200, 429]);
    const refused = await ask(from.origin, '/api/usage/token/');
    assert.equal(refused.headers['retry-after'], undefined);
    assert.equal(refused.headers['content-length'], '0');
  });

  it('from rc.22 counts in windows and says when the next begins', async () => {
    const from = await start({ version: 'v1.0.0-rc.24', limits: { critical: { calls: 2, seconds: 60 } } });
    await statuses(from, 2);
    clock.advance(45_000);
    const refused = await ask(from.origin, '/api/usage/token/', bearer(from.secret('a')));
    assert.equal(refused.status, 429);
    assert.equal(refused.headers['retry-after'], '15');
    assert.equal(refused.text, '');
    clock.advance(15_000);
    assert.deepEqual(await statuses(from, 3), [200, 200, 429]);
  });

  it('sends an empty gzip stream of 23 bytes when a client asks for gzip', async () => {
    const from = await start({ limits: { critical: { calls: 0, seconds: 60 } }, version: 'v1.0.0-rc.24' });
    const refused = await ask(from.origin, '/api/usage/token/', { 'Accept-Encoding': 'gzip, deflate' });
    assert.equal(refused.status, 429);
    assert.equal(refused.headers['content-encoding'], 'gzip');
    assert.equal(refused.bytes.toString('hex'), '1f8b08000000000000ff010000ffff0000000000000000');
    assert.equal(gunzipSync(refused.bytes).length, 0);
  });

  it('counts wrong paths against the limit of the web application', async () => {
    const from = await start({ limits: { web: { calls: 1, seconds: 180 } } });
    assert.deepEqual(await statuses(from, 2, '/console'), [200, 429]);
  });

  it('counts calls without a key too', async () => {
    const from = await start({});
    assert.equal((await ask(from.origin, '/api/usage/token/')).status, 401);
    assert.equal(from.limiters.critical?.used(), 1);
  });

  it('is off unless asked for', async () => {
    const from = await start({ limits: 'off' });
    assert.deepEqual(new Set(await statuses(from, 30)), new Set([200]));
  });
});
