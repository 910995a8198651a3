import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, describe, it } from 'mocha';
import { manualClock } from '../../sampleGateways/clock.ts';
import { scenarios } from '../../sampleGateways/scenarios/scenarios.ts';
import { CANARY } from '../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, bearer } from './ask.ts';

const PATH = '/api/usage/token/';
/** These are kept back or never end, and have tests of their own. */
const ENDLESS = ['slow-headers', 'slow-body', 'drip', 'drip-slow', 'never-ends'];
const BROKEN = ['reset', 'reset-after-head', 'reset-in-body', 'closed-in-body'];

describe('sample gateway: faults', () => {
  let gateway: SampleGateway;
  let elsewhere: SampleGateway;
  const clock = manualClock();
  before(async () => {
    elsewhere = await startSampleGateway({ scenarios: 'none' });
    gateway = await startSampleGateway({ clock: clock.now, elsewhere: elsewhere.origin });
  });
  after(async () => {
    await gateway.close();
    await elsewhere.close();
  });

  const usage = (key: string) => ask(gateway.origin, PATH, bearer(gateway.secret(key)));

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise(setImmediate);
  }

  it('has a marked secret for every scenario, and answers every one of them', async () => {
    for (const name of Object.keys(scenarios)) {
      assert.ok(gateway.secret(name).includes(CANARY));
      if (ENDLESS.includes(name)) continue;
      if (BROKEN.includes(name)) await assert.rejects(usage(name), name);
      else assert.ok((await usage(name)).status >= 200, name);
    }
    assert.equal(JSON.stringify(gateway.calls).includes(CANARY), false);
  });

  for (const name of ['slow-headers', 'slow-body']) {
    it(`keeps ${name} back until it is released`, async () => {
      const answer = usage(name);
      await until(() => gateway.holds.size === 1);
      gateway.holds.release();
      assert.equal((await answer).status, 200);
    });
  }

  it('gives up on a client that leaves', async () => {
    const call = request(new URL(PATH, gateway.origin), { headers: bearer(gateway.secret('slow-headers')) });
    call.on('error', () => undefined);
    call.end();
    await until(() => gateway.holds.size === 1);
    call.destroy();
    await until(() => gateway.holds.size === 0);
  });

  it('sends a body in small pieces, and all of it arrives', async () => {
    assert.equal(JSON.parse((await usage('drip')).text).code, true);
  });

  it('never ends, however much is read', async () => {
    const call = request(new URL(PATH, gateway.origin), { headers: bearer(gateway.secret('never-ends')) });
    call.on('error', () => undefined);
    call.end();
    const [response] = await once(call, 'response');
    let size = 0;
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      if (size > 4 * 1024 * 1024) break;
    }
    assert.ok(size > 4 * 1024 * 1024);
    call.destroy();
  });

  it('redirects to another origin, and notices a secret that comes along', async () => {
    const { headers } = await usage('301-cross-origin');
    assert.equal(headers.location, elsewhere.origin + PATH);
    await ask(elsewhere.origin, PATH, bearer(elsewhere.holdings.unknownSecret('301-cross-origin')));
    assert.equal(elsewhere.calls[0]?.carriedSecret, true);
    assert.equal(
      (await usage('301-http-to-https')).headers.location,
      gateway.origin.replace('http', 'https') + PATH,
    );
    assert.equal((await usage('301-loop')).headers.location, PATH);
  });

  it('lets what is used stand still for a minute behind Redis', async () => {
    const figures = async () => {
      const { data } = JSON.parse((await usage('redis-dip')).text) as { data: Record<string, number> };
      return [data.total_available, data.total_used, data.total_granted];
    };
    // Past whatever an earlier reading left in the cache.
    clock.advance(60_000);
    assert.deepEqual(await figures(), [100_000, 50_000, 150_000]);
    gateway.spend('redis-dip', { quota: 4_000 });
    clock.advance(59_999);
    assert.deepEqual(await figures(), [96_000, 50_000, 146_000]);
    clock.advance(1);
    assert.deepEqual(await figures(), [96_000, 54_000, 150_000]);
  });

  it('changes from reading to reading where a scenario says so, and starts again when set', async () => {
    gateway.setScenario('ok', 'refund');
    assert.match((await usage('ok')).text, /"total_used":50000/);
    assert.match((await usage('ok')).text, /"total_used":40000/);
    gateway.setScenario('ok', 'cf-403-html');
    assert.equal((await usage('ok')).status, 403);
    gateway.setScenario('ok', 'ok');
    assert.match((await usage('ok')).text, /"total_available":100000/);
  });

  it('has names that are as long as a gateway allows', () => {
    assert.equal(Buffer.byteLength(gateway.key('name-cjk-50-bytes').name), 50);
  });
});
