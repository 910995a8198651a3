import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { requestAccount } from '../../../../src/gateways/newApi/accountRequest.ts';
import { unreadableTexts } from '../../../../src/text/unreadableText.ts';
import { keyFacts } from '../../../../src/vscode/tree/keyFacts.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { MINUTE, NOW, reading } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { TEAM } from '../fixture.ts';

const ALL = ['profile:read', 'api_key:read', 'usage:read', 'wallet:read'];
const SUBSCRIPTIONS = 'GET /api/subscription/self';
const NO_PLAN = { success: true, data: { billing_preference: 'subscription_first', subscriptions: [] } };

describe('an access token that is allowed some paths alone', () => {
  let setup: TestSetup;
  beforeEach(async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    setup.gateway.setReply(SUBSCRIPTIONS, json(200, NO_PLAN));
  });
  afterEach(() => setup.close());

  /** As New API 1.0.0-rc.41 refuses it. */
  const denied = (scope: string) =>
    json(403, {
      code: 'ACCESS_TOKEN_SCOPE_DENIED',
      message: `This access token lacks the ${scope} permission`,
      success: false,
    });
  const allow = (...scopes: string[]) => {
    setup.gateway.account('team').scopes = scopes;
  };
  const added = async () => {
    const id = await setup.testWindow.keyService.add(setup.account('team'));
    return setup.testWindow.refreshKey(id);
  };

  it('reads all with all of them', async () => {
    allow(...ALL);
    const { status, reading } = await added();
    assert.deepEqual(
      [status, reading?.missingScopes, reading?.accountKeysMissing],
      ['ok', undefined, undefined],
    );
  });

  it('tells the balance without the keys, and what it lacks for them', async () => {
    allow('profile:read', 'wallet:read');
    const state = await added();
    assert.deepEqual([state.status, state.failure], ['ok', undefined]);
    assert.equal(state.reading?.account?.balance, 10);
    assert.deepEqual(state.reading?.missingScopes, ['api_key:read']);
    assert.deepEqual(unreadableTexts(state.reading), ['key list not allowed']);
    const fact = keyFacts(state, setup.clock.now()).find(({ name }) => name === 'scopes');
    assert.deepEqual([fact?.label, fact?.value], ['The token lacks', 'api_key:read']);
  });

  it('tells the keys without the balance', async () => {
    allow('api_key:read');
    const { reading, failure } = await added();
    assert.deepEqual(
      [failure, reading?.account, reading?.missingScopes],
      [undefined, undefined, ['profile:read']],
    );
    assert.ok((reading?.accountKeys?.length ?? 0) > 0);
  });

  it('that is allowed neither says so, and never that it is wrong', async () => {
    allow('usage:read');
    const { status, reading: told, failure } = await added();
    assert.deepEqual([status, told, failure?.class], ['unknown', undefined, 'forbidden']);
    assert.match(failure?.message ?? '', /its token lacks profile:read, api_key:read\. Grant it/);
  });

  it('with money in the wallet needs no plan, and with none the plan decides', async () => {
    allow(...ALL);
    setup.gateway.setReply(SUBSCRIPTIONS, denied('wallet:read'));
    const id = await setup.testWindow.keyService.add(setup.account('team'));
    const rich = await setup.testWindow.refreshKey(id);
    assert.deepEqual([rich.status, rich.reading?.missingScopes], ['ok', ['wallet:read']]);
    setup.gateway.account('team').quota = 0;
    const poor = await setup.testWindow.refreshKey(id);
    assert.equal(
      poor.failure?.class,
      'forbidden',
      'whether a plan pays is not known, so that nothing is used up',
    );
    assert.match(poor.failure?.message ?? '', /lacks wallet:read/);
  });

  it('is not sent again in the hour in which it was refused, unless a person asks', async () => {
    let calls = 0;
    const ask = async (minutes: number, more: object = {}, path = '/api/token/') => {
      const context = {
        now: () => NOW + minutes * MINUTE,
        lastReading: reading({ takenAt: new Date(NOW).toISOString(), missingScopes: ['api_key:read'] }),
        sendRequest: async () => {
          calls++;
          return { status: 200, headers: new Headers(), text: '{"success":true,"data":{}}' };
        },
        ...more,
      } as unknown as GatewayContext;
      const refusal = await requestAccount(context, path).then(
        () => undefined,
        (error: GatewayError) => [error.failure.reason, error.failure.scope],
      );
      return [refusal, calls];
    };
    assert.deepEqual(await ask(59), [['scope-missing', 'api_key:read'], 0]);
    assert.deepEqual(await ask(59, {}, '/api/user/self'), [undefined, 1]);
    assert.deepEqual(await ask(59, { isManual: true }), [undefined, 2]);
    assert.deepEqual(await ask(60), [undefined, 3]);
  });

  it('that has ended says so, and one of before that the site retired is refused', async () => {
    const id = await setup.testWindow.keyService.add(setup.account('team'));
    const refuse = (code: string) =>
      setup.gateway.setReply('GET /api/user/self', json(401, { code, message: 'No', success: false }));
    refuse('ACCESS_TOKEN_EXPIRED');
    assert.equal((await setup.testWindow.refreshKey(id)).status, 'expired');
    refuse('ACCESS_TOKEN_LEGACY_RETIRED');
    assert.equal((await setup.testWindow.refreshKey(id)).failure?.class, 'bad-key');
  });
});
