import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { FailureClass } from '../../../../src/core/quota/failure.ts';
import { figureText } from '../../../../src/text/keyFigure.ts';
import { TOKENS_SITE } from '../../../sampleGateways/siteStatus.ts';
import type { KeyHoldings } from '../../../sampleGateways/state/keyState.ts';
import { json, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../../support/testSetup.ts';

const OLD = ['pre-0.9.0', 'one-api'] as const;
const BILLING = '/dashboard/billing';

/** A key of these holdings on a site that has no `/api/usage/token/`. */
function open(
  holds: Partial<KeyHoldings>,
  more: Parameters<typeof TestSetup.open>[0] = {},
): Promise<TestSetup> {
  return TestSetup.open({ version: 'pre-0.9.0', ...more, scenarios: { it: { holds } } });
}

describe('a key’s quota by the billing endpoints', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const version of OLD) {
    it(`${version}: asks the new endpoint, then both old ones`, async () => {
      setup = await open({ remain: 100_000, used: 50_000 }, { version });
      const { quota, expiresAt } = await setup.read(setup.key('it'));
      assert.deepEqual(quota, { unlimited: false, granted: 0.3, used: 0.1, remaining: 0.2 });
      assert.equal(expiresAt, null);
      assert.deepEqual(setup.calls, [
        'GET /api/usage/token/',
        `GET /v1${BILLING}/subscription`,
        `GET /v1${BILLING}/usage`,
      ]);
    });

    it(`${version}: without /v1 where that is not there`, async () => {
      setup = await open({ remain: 100_000, used: 50_000 }, { version });
      const missing = json(404, { error: { message: 'Invalid URL', type: 'invalid_request_error' } });
      setup.gateway.setReply(`GET /v1${BILLING}/subscription`, missing);
      assert.equal((await setup.read(setup.key('it'))).quota?.remaining, 0.2);
      assert.deepEqual(setup.calls.slice(2), [`GET ${BILLING}/subscription`, `GET ${BILLING}/usage`]);
    });

    it(`${version}: 100000000 stands for no limit, and is never shown`, async () => {
      setup = await open({ remain: -752_600, used: 752_600, unlimited: true }, { version });
      const id = await setup.testWindow.keyService.add(setup.key('it'));
      const state = await setup.testWindow.refreshKey(id);
      assert.deepEqual(state.reading?.quota, { unlimited: true, used: 1.5052 });
      assert.equal(figureText(state), '∞ · used $1.51');
      assert.doesNotMatch(JSON.stringify(state) + figureText(state), /100,?000,?000|999,?999/);
    });

    it(`${version}: tells when the key ends`, async () => {
      setup = await open({ expiresAt: 4_102_444_800 }, { version });
      assert.equal((await setup.read(setup.key('it'))).expiresAt, '2100-01-01T00:00:00.000Z');
    });
  }

  it('in tokens a limit above the sentinel is a limit', async () => {
    setup = await open({ remain: 200_000_000, used: 0 }, { version: 'one-api', status: TOKENS_SITE });
    const { quota, unit } = await setup.read(setup.key('it'));
    assert.deepEqual([unit.code, quota?.unlimited, quota?.remaining], ['TOKENS', false, 200_000_000]);
  });

  it('tells of the account where the site is set so', async () => {
    setup = await open({ remain: 1, used: 1, unlimited: true });
    Object.assign(setup.gateway.account('it'), { quota: 5_000_000, used: 1_000_000 });
    setup.gateway.settings.displayTokenStat = false;
    assert.deepEqual((await setup.read(setup.key('it'))).quota, {
      unlimited: false,
      granted: 12,
      used: 2,
      remaining: 10,
    });
  });

  it('takes amounts that are text', async () => {
    setup = await open({});
    setup.gateway.setReply(`GET /v1${BILLING}/subscription`, json(200, { hard_limit_usd: '0.30' }));
    setup.gateway.setReply(`GET /v1${BILLING}/usage`, json(200, { total_usage: '10' }));
    assert.equal((await setup.read(setup.key('it'))).quota?.remaining, 0.2);
  });
});

describe('refusals of the billing endpoints', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const inside200 = json(200, {
    error: { message: 'database is locked', type: 'upstream_error', param: '', code: null },
  });

  const REPLIES: Readonly<Record<string, readonly [Reply, FailureClass]>> = {
    'an error inside 200 says nothing about the key': [inside200, 'unexpected'],
    'a body without figures': [json(200, { object: 'billing_subscription' }), 'unexpected'],
    'a figure that is null': [json(200, { hard_limit_usd: null, total_usage: null }), 'unexpected'],
    '500 passes': [json(500, { error: { message: 'oops' } }), 'transient'],
  };
  for (const endpoint of ['subscription', 'usage']) {
    for (const [name, [reply, failure]] of Object.entries(REPLIES)) {
      it(`${endpoint}: ${name}`, async () => {
        setup = await open({});
        setup.gateway.setReply(`GET /v1${BILLING}/${endpoint}`, reply);
        assert.equal((await setup.failure(setup.key('it'))).class, failure);
      });
    }
  }

  const ENDED: Readonly<Record<string, readonly [Partial<KeyHoldings>, FailureClass]>> = {
    exhausted: [{ remain: 0, used: 150_000, status: 'exhausted' }, 'exhausted'],
    overdrawn: [{ remain: -12, used: 150_012 }, 'exhausted'],
    expired: [{ expiresAt: 1_748_736_000 }, 'expired'],
    disabled: [{ status: 'disabled' }, 'disabled'],
    banned: [{ ownerBanned: true }, 'disabled'],
  };
  for (const version of OLD) {
    for (const [name, [holds, failure]] of Object.entries(ENDED)) {
      it(`${version}: a key that is ${name} is told from a wrong one by the text alone`, async () => {
        setup = await open(holds, { version });
        assert.equal((await setup.failure(setup.key('it'))).class, failure);
      });
    }

    it(`${version}: a wrong key is refused`, async () => {
      setup = await open({}, { version });
      const { reason } = await setup.failure(setup.key('it', { secret: 'sk-wrong' }));
      assert.equal(reason, 'refused-key');
    });
  }
});
