import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { VersionName } from '../../../sampleGateways/newApi/version.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { BilledSetup } from '../../support/billedSetup.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';

const PAST = 1_748_736_000;
const USAGE = 'GET /api/usage/token/';

/** At 500,000 units a dollar. */
const KEYS = {
  alice: { holds: { remain: 4_900_000, used: 100_000 } },
  'used up': { holds: { name: 'Empty', remain: 0, used: 150_000, status: 'exhausted' } },
  expired: { holds: { name: 'Old', remain: 250_000, used: 50_000, expiresAt: PAST } },
  disabled: { holds: { status: 'disabled' } },
  elsewhere: { holds: { allowIps: '203.0.113.7' } },
  deleted: {},
} as const;

describe('a key that billing refuses', () => {
  let site: BilledSetup;
  afterEach(() => site.close());

  const open = async (version: VersionName) => {
    site = await BilledSetup.open(KEYS, { version });
    await site.add('alice');
    assert.equal(site.note()?.mode, 'key');
  };

  /** The key as it stands after a minute and after hours, and how often it was asked at its own endpoint by then. */
  const WORDS: readonly (readonly [
    version: VersionName,
    handle: keyof typeof KEYS,
    status: string,
    remaining: number | undefined,
    own: number,
  ])[] = [
    // Clear words: the figures alone are asked for, or nothing.
    ['v0.10.8', 'used up', 'exhausted', 0, 1],
    ['v0.10.8', 'expired', 'expired', 0.5, 1],
    ['v0.10.8', 'disabled', 'disabled', undefined, 0],
    ['v0.10.8', 'elsewhere', 'unknown', undefined, 0],
    ['v0.12.0', 'used up', 'exhausted', 0, 1],
    ['v0.12.0', 'expired', 'expired', 0.5, 1],
    ['v0.12.0', 'disabled', 'disabled', undefined, 0],
    ['v0.12.0', 'elsewhere', 'unknown', undefined, 0],
    // “Invalid token”, whatever it is.
    ['v0.12.7', 'used up', 'exhausted', 0, 1],
    ['v0.12.7', 'disabled', 'disabled', undefined, 1],
    ['v1.0.0-rc.24', 'used up', 'exhausted', 0, 1],
    ['v1.0.0-rc.24', 'expired', 'expired', 0.5, 1],
    ['v1.0.0-rc.24', 'disabled', 'disabled', undefined, 1],
    ['v1.0.0-rc.24', 'elsewhere', 'unknown', undefined, 0],
  ];
  for (const [version, handle, status, remaining, own] of WORDS) {
    it(`${version}: ${handle} is ${status}`, async () => {
      await open(version);
      site.asked(handle);
      await site.add(handle);
      assert.deepEqual(site.figures(handle).slice(0, 2), [status, remaining]);
      assert.equal(site.asked(handle).own, own);
      await site.wait(HOUR);
      assert.deepEqual(site.figures(handle).slice(0, 2), [status, remaining]);
      assert.equal(site.asked(handle).own, 0, 'what was explained holds');
    });
  }

  it('keeps its figures as confirmed now, and is asked about again after six hours', async () => {
    await open('v1.0.0-rc.24');
    await site.add('used up');
    site.asked('used up');
    await site.wait(5 * HOUR + 50 * MINUTE);
    const { reading } = site.state('used up');
    assert.ok(site.setup.clock.now() - Date.parse(reading?.takenAt ?? '') < 20 * MINUTE, 'confirmed lately');
    assert.deepEqual([site.asked('used up').own, reading?.name], [0, 'Empty']);
    await site.wait(30 * MINUTE);
    assert.equal(site.asked('used up').own, 1);
    assert.deepEqual(site.figures('used up'), ['exhausted', 0, 0.3, undefined]);
  }).timeout(120_000);

  it('that its own endpoint refuses too is not asked about there by the next check, hours later', async () => {
    await open('v1.0.0-rc.24');
    await site.add('disabled');
    site.asked('disabled');
    await site.wait(5 * HOUR);
    const { own, use } = site.asked('disabled');
    assert.deepEqual([own, use > 0, site.state('disabled').status], [0, true, 'disabled']);
  }).timeout(120_000);

  it('is read by billing again as soon as that answers', async () => {
    await open('v1.0.0-rc.24');
    await site.add('used up');
    Object.assign(site.setup.gateway.key('used up'), { remain: 500_000, status: 'enabled' });
    await site.wait(20 * MINUTE);
    assert.deepEqual(site.figures('used up').slice(0, 3), ['ok', 1, 0.3]);
    site.asked('used up');
    await site.wait(30 * MINUTE);
    assert.equal(site.asked('used up').own, 0);
    assert.deepEqual(site.figures('used up'), ['ok', 1, 0.3, 'billing']);
  });

  it('for another reason is asked about again', async () => {
    await open('v0.12.0');
    await site.add('used up');
    site.asked('used up');
    const unknown = { code: '', message: '无效的令牌 (request id: 1)', type: 'new_api_error' };
    for (const path of ['usage', 'subscription'])
      site.setup.gateway.setReply(`GET /v1/dashboard/billing/${path}`, json(401, { error: unknown }));
    site.setup.gateway.setReply(USAGE, json(401, { message: '无效的令牌', success: false }));
    await site.wait(30 * MINUTE);
    assert.equal(site.state('used up').status, 'invalid');
    assert.equal(site.asked('used up').own, 1);
  });

  it('is not called wrong while its own endpoint has no room', async () => {
    await open('v1.0.0-rc.24');
    for (let call = 0; call < 10; call++) spendScarce(site);
    await site.add('used up');
    assert.deepEqual(
      [site.state('used up').status, site.state('used up').failure?.reason],
      ['unknown', 'own-budget'],
    );
    await site.wait(2 * HOUR);
    assert.deepEqual(site.figures('used up').slice(0, 2), ['exhausted', 0]);
  });

  it('is used up at once where billing says so, room or not', async () => {
    await open('v0.12.0');
    for (let call = 0; call < 10; call++) spendScarce(site);
    await site.add('used up');
    assert.equal(site.state('used up').status, 'exhausted');
  });

  it('keeps what was explained when there is no room to ask again', async () => {
    await open('v1.0.0-rc.24');
    await site.add('used up');
    await site.wait(5 * HOUR + 50 * MINUTE);
    for (let call = 0; call < 10; call++) spendScarce(site);
    await site.wait(15 * MINUTE);
    assert.deepEqual(site.figures('used up'), ['exhausted', 0, 0.3, undefined]);
    assert.equal(site.state('used up').failure, undefined);
  }).timeout(120_000);

  it('has expired where its end is known, room or not', async () => {
    await open('v1.0.0-rc.24');
    const soon = Math.floor(site.setup.clock.now() / 1000) + 600;
    Object.assign(site.setup.gateway.key('deleted'), { expiresAt: soon });
    await site.add('deleted');
    for (let call = 0; call < 10; call++) spendScarce(site);
    await site.wait(15 * MINUTE);
    const { status, failure } = site.state('deleted');
    assert.deepEqual([status, failure?.reason], ['expired', 'past-expiry']);
  });

  it('has expired by a clock that is ahead of ours, and is not called disabled', async () => {
    await open('v1.0.0-rc.24');
    const ends = Math.floor(site.setup.clock.now() / 1000) + 30 * 60;
    Object.assign(site.setup.gateway.key('deleted'), { expiresAt: ends });
    await site.add('deleted');
    await site.wait(20 * MINUTE);
    // The gateway's clock is there nine minutes before ours.
    Object.assign(site.setup.gateway.key('deleted'), { status: 'expired' });
    await site.wait(8 * MINUTE);
    assert.deepEqual([site.state('deleted').status, site.state('deleted').failure], ['ok', undefined]);
    await site.wait(3 * MINUTE);
    assert.equal(site.state('deleted').status, 'expired');
  });

  it('was disabled, and has expired since', async () => {
    await open('v1.0.0-rc.24');
    const ends = Math.floor(site.setup.clock.now() / 1000) + 60 * 60;
    Object.assign(site.setup.gateway.key('deleted'), { expiresAt: ends });
    await site.add('deleted');
    await site.wait(20 * MINUTE);
    Object.assign(site.setup.gateway.key('deleted'), { status: 'disabled' });
    await site.wait(20 * MINUTE);
    assert.equal(site.state('deleted').status, 'disabled');
    await site.wait(30 * MINUTE);
    await site.refresh('deleted');
    assert.equal(site.state('deleted').status, 'expired');
  });

  it('is wrong when its own endpoint says so too', async () => {
    await open('v1.0.0-rc.24');
    const refused = {
      status: 401,
      headers: {},
      body: JSON.stringify({ message: 'Invalid token', success: false }),
    };
    site.setup.gateway.setScenario('deleted', { reply: refused });
    const error = { error: { code: '', message: 'Invalid token (request id: 1)', type: 'new_api_error' } };
    site.setup.gateway.setReply(USAGE, refused);
    for (const path of ['usage', 'subscription'])
      site.setup.gateway.setReply(`GET /v1/dashboard/billing/${path}`, {
        ...refused,
        body: JSON.stringify(error),
      });
    await site.add('deleted');
    assert.equal(site.state('deleted').status, 'invalid');
  });

  it('of which its own endpoint tells nothing more is what billing says', async () => {
    await open('v0.12.0');
    site.setup.gateway.setReply(USAGE, { status: 404, headers: {}, body: 'not here' });
    await site.add('used up');
    assert.equal(site.state('used up').status, 'exhausted');
  });

  it('as unknown while its table is locked keeps the figures of its own endpoint', async () => {
    await open('v0.12.0');
    const locked = { error: { code: '', message: '无效的令牌 (request id: 1)', type: 'new_api_error' } };
    for (const path of ['usage', 'subscription'])
      site.setup.gateway.setReply(`GET /v1/dashboard/billing/${path}`, {
        status: 401,
        headers: {},
        body: JSON.stringify(locked),
      });
    await site.wait(15 * MINUTE);
    assert.deepEqual(site.figures('alice'), ['ok', 9.8, 0.2, undefined]);
  });
});

/** A call to the scarce limiter for something else. */
function spendScarce({ setup }: BilledSetup): void {
  const { store } = setup.testWindow;
  const { origin } = setup.gateway;
  store.transaction(() => store.requests.addCall(origin, 'scarce', setup.clock.now()));
}
