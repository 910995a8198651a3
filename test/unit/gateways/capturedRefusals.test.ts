import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Status } from '../../../src/core/quota/statusName.ts';
import { BILLS_ACCOUNT } from '../../sampleGateways/settings.ts';
import { json, type Reply } from '../../sampleGateways/wire/reply.ts';
import { MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/refusals');

interface Captured {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a refusal means, and what the key is then: one that is being added, and one that has worked, at once and later. */
type Meaning = readonly [reason: string, added: Status, worked: Status, later: Status];

const REFUSED: Meaning = ['refused-key', 'invalid', 'ok', 'invalid'];
const DISABLED: Meaning = ['key-disabled', 'disabled', 'ok', 'disabled'];
const BANNED: Meaning = ['banned', 'disabled', 'ok', 'disabled'];
const EXPIRED: Meaning = ['past-expiry', 'expired', 'expired', 'expired'];
const USED_UP: Meaning = ['used-up', 'exhausted', 'exhausted', 'exhausted'];
const passing = (reason: string): Meaning => [reason, 'unknown', 'ok', 'ok'];
const TROUBLE = passing('server-error');
const ADDRESS = passing('address-not-allowed');
const GROUP = passing('forbidden');
const USER_ID = passing('user-id-needed');
const PAUSE = passing('too-many-requests');
/** It says that no key was sent, though one was: something on the way has taken it out. */
const NO_KEY = passing('unknown-refusal');

/** Each answer by hand, from what the server's own database held. */
const MEANINGS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  'new-api-0.6.3': {
    '429.billing_sub': PAUSE,
    '429.usage_token_': PAUSE,
    '429.user_self': PAUSE,
    '429.v1_billing_sub': PAUSE,
    'locked.self': REFUSED,
    'no-tokens-table.sub': REFUSED,
    'no-users-table.sub': TROUBLE,
    'self.api-key-as-token': REFUSED,
    'self.bearer-no-id': USER_ID,
    'self.no-token': NO_KEY,
    'self.raw-no-id': USER_ID,
    'self.wrong-id': USER_ID,
    'self.wrong-token': REFUSED,
    'self.wrong-token-no-id': REFUSED,
    'sub._garbled_': REFUSED,
    'sub._wrong_': REFUSED,
    'sub.banned': BANNED,
    'sub.deleted': REFUSED,
    'sub.disabled': DISABLED,
    'sub.empty': USED_UP,
    'sub.usedupfresh': USED_UP,
    'use._garbled_': REFUSED,
    'use._wrong_': REFUSED,
    'use.banned': BANNED,
    'use.deleted': REFUSED,
    'use.disabled': DISABLED,
    'use.expired': EXPIRED,
  },
  'new-api-0.9.25': {
    '429.usage_token_': PAUSE,
    '429.user_self': PAUSE,
    '429.v1_billing_sub': PAUSE,
    '429.v1_billing_usage': PAUSE,
    'no-users-table.self': REFUSED,
    'no-users-table.sub': TROUBLE,
    'self.api-key-as-token': REFUSED,
    'self.banned': BANNED,
    'self.bearer-no-id': USER_ID,
    'self.no-token': NO_KEY,
    'self.raw-no-id': USER_ID,
    'self.wrong-id': USER_ID,
    'self.wrong-token': REFUSED,
    'sub._none_': NO_KEY,
    'sub._wrong_': REFUSED,
    'sub.banned': BANNED,
    'sub.empty': USED_UP,
    'sub.expired': EXPIRED,
    'sub.ipbound': ADDRESS,
    'sub.usedup': USED_UP,
    'sub.usedupfresh': USED_UP,
    'usage._none_': NO_KEY,
    'usage.banned': BANNED,
    'usage.disabled': DISABLED,
    'usage.empty': USED_UP,
    'usage.expired': EXPIRED,
    'usage.expiredfresh': EXPIRED,
    'usage.foreigngroup': GROUP,
    'usage.ipbound': ADDRESS,
    'usage.usedup': USED_UP,
    'use._garbled_': REFUSED,
    'use._none_': NO_KEY,
    'use.banned': BANNED,
    'use.deleted': REFUSED,
    'use.disabled': DISABLED,
    'use.foreigngroup': GROUP,
    'use.usedup': USED_UP,
  },
  'new-api-0.10.9': {
    '429.billing_sub': PAUSE,
    '429.usage_token_': PAUSE,
    '429.v1_billing_sub': PAUSE,
    '429.v1_billing_usage': PAUSE,
    'locked.self': REFUSED,
    'no-tokens-table.sub': TROUBLE,
    'no-users-table.self': REFUSED,
    'no-users-table.usage': TROUBLE,
    'self.api-key-as-token': REFUSED,
    'self.banned': BANNED,
    'self.bearer-no-id': USER_ID,
    'self.no-token': NO_KEY,
    'self.wrong-token': REFUSED,
    'self.wrong-token-no-id': REFUSED,
    'sub._garbled_': REFUSED,
    'sub._none_': NO_KEY,
    'sub._wrong_': REFUSED,
    'sub.banned': BANNED,
    'sub.disabled': DISABLED,
    'sub.empty': USED_UP,
    'sub.expired': EXPIRED,
    'sub.usedup': USED_UP,
    'sub.usedupfresh': USED_UP,
    'usage.access-token': REFUSED,
    'usage.deleted': REFUSED,
    'use._wrong_': REFUSED,
    'use.banned': BANNED,
    'use.deleted': REFUSED,
    'use.expired': EXPIRED,
    'use.foreigngroup': GROUP,
  },
  'new-api-0.12.0': {
    '429.billing_sub': PAUSE,
    '429.user_self': PAUSE,
    '429.v1_billing_usage': PAUSE,
    'locked.self': REFUSED,
    'no-tokens-table.sub': TROUBLE,
    'no-tokens-table.usage': REFUSED,
    'no-users-table.usage': TROUBLE,
    'self.api-key-as-token': REFUSED,
    'self.wrong-id': USER_ID,
    'sub._garbled_': REFUSED,
    'sub._wrong_': REFUSED,
    'sub.empty': USED_UP,
    'sub.expired': EXPIRED,
    'sub.foreigngroup': GROUP,
    'usage._wrong_': REFUSED,
    'usage.access-token': REFUSED,
    'usage.banned.zh-CN': BANNED,
    'usage.banned.zh-TW': BANNED,
    'usage.deleted.zh-CN': REFUSED,
    'usage.deleted.zh-TW': REFUSED,
    'use._garbled_': REFUSED,
    'use._wrong_': REFUSED,
    'use.banned': BANNED,
    'use.deleted': REFUSED,
    'use.disabled': DISABLED,
    'use.expired': EXPIRED,
    'use.foreigngroup': GROUP,
  },
  // Its billing says “Invalid token” of every key that cannot be used; its key endpoint, asked first, does not.
  'new-api-1.0.0-rc': {
    '429.billing_sub': PAUSE,
    '429.usage_token_': PAUSE,
    '429.user_self': PAUSE,
    '429.v1_billing_sub': PAUSE,
    'locked.usage': TROUBLE,
    'no-tokens-table.usage': TROUBLE,
    'no-users-table.sub': TROUBLE,
    'no-users-table.usage': TROUBLE,
    'self.banned': BANNED,
    'self.wrong-token-no-id': REFUSED,
    'sub._none_': REFUSED,
    'sub._wrong_': REFUSED,
    'sub.deleted': REFUSED,
    'sub.expired': REFUSED,
    'sub.ipbound': ADDRESS,
    'sub.usedupfresh': REFUSED,
    'usage._garbled_': REFUSED,
    'usage._none_': NO_KEY,
    'usage.access-token': REFUSED,
    'usage.banned.zh-CN': BANNED,
    'usage.deleted.zh-CN': REFUSED,
    'usage.disabled': DISABLED,
    'usage.disabled.zh-TW': DISABLED,
    'usage.of-deleted-account': TROUBLE,
    'use._garbled_': REFUSED,
    'use._none_': REFUSED,
    'use._wrong_': REFUSED,
    'use.banned': BANNED,
    'use.foreigngroup': GROUP,
    'use.ipbound': ADDRESS,
    'use.usedup': REFUSED,
  },
  'one-api': {
    'billing-no-key': NO_KEY,
    'billing-subscription-disabled': DISABLED,
    'billing-subscription-expired': EXPIRED,
    'billing-subscription-subnet': ADDRESS,
    'billing-subscription-usedup': USED_UP,
    'billing-usage-disabled': DISABLED,
    'billing-usage-expired': EXPIRED,
    'billing-wrong-key': REFUSED,
    'user-self-api-key': REFUSED,
    'user-self-no-token': NO_KEY,
    'user-self-wrong-token': REFUSED,
  },
  'one-hub': {
    'billing-none': REFUSED,
    'billing-subscription-expired': EXPIRED,
    'billing-subscription-iponly': ADDRESS,
    'billing-subscription-small': USED_UP,
    'billing-usage-small': USED_UP,
    'billing-wrong': REFUSED,
  },
  'done-hub': {
    'billing-none': REFUSED,
    'billing-subscription-expired': EXPIRED,
    'billing-subscription-iponly': ADDRESS,
    'billing-wrong': REFUSED,
    'user-self-wrong': REFUSED,
  },
  'veloera-0.3.25': {
    '429.billing_sub': PAUSE,
    '429.usage_token_': PAUSE,
    '429.user_self': PAUSE,
    '429.v1_billing_sub': PAUSE,
    '429.v1_billing_usage': PAUSE,
    'locked.self': REFUSED,
    'no-users-table.self': REFUSED,
    'no-users-table.sub': TROUBLE,
    'self.api-key-as-token': REFUSED,
    'self.banned': BANNED,
    'self.bearer-no-id': USER_ID,
    'self.raw-no-id': USER_ID,
    'self.wrong-id': USER_ID,
    'self.wrong-token': REFUSED,
    'self.wrong-token-no-id': REFUSED,
    'sub._none_': NO_KEY,
    'sub.disabled': DISABLED,
    'sub.empty': USED_UP,
    'sub.expired': EXPIRED,
    'use._none_': NO_KEY,
    'use.banned': BANNED,
    'use.deleted': REFUSED,
    'use.expired': EXPIRED,
    'use.usedup': USED_UP,
  },
};

const BILLING = '/dashboard/billing';
const USAGE = '/api/usage/token/';
const NO_SUCH_PATH = json(404, {
  error: { code: '', message: 'Invalid URL', type: 'invalid_request_error' },
});

function capturesOf(server: string): Readonly<Record<string, Captured>> {
  return JSON.parse(readFileSync(join(FOLDER, `${server}.json`), 'utf8'));
}

function replyOf({ status, headers, body }: Captured): Reply {
  const text = body === '' || body === null ? undefined : JSON.stringify(body);
  return { status, headers: { ...headers }, ...(text && { body: text }), bare: true };
}

describe('refusals as real servers send them', () => {
  let setup: TestSetup;
  beforeEach(async () => {
    setup = await TestSetup.open({ accounts: [TEAM], settings: BILLS_ACCOUNT });
    await setup.testWindow.monitor.start();
  });
  afterEach(() => setup.close());

  /** The credential that the captured call is made with. */
  const draftFor = ({ path }: Captured) =>
    path === '/api/user/self' ? setup.account('team') : setup.key('alice');

  const answer = (captured: Captured) => {
    const { path } = captured;
    const isBilling = path.includes(BILLING);
    // Billing is asked where there is no other way, with and without `/v1` in front.
    setup.gateway.setReply(`GET ${USAGE}`, isBilling ? NO_SUCH_PATH : undefined);
    if (isBilling && !path.startsWith('/v1'))
      setup.gateway.setReply(`GET /v1${BILLING}/subscription`, NO_SUCH_PATH);
    setup.gateway.setReply(`GET ${path}`, replyOf(captured));
  };

  for (const [server, meanings] of Object.entries(MEANINGS)) {
    const captures = capturesOf(server);
    it(`${server}: every captured refusal is told`, () =>
      assert.deepEqual(Object.keys(captures).sort(), Object.keys(meanings).sort()));

    for (const [name, [reason, added, worked, later]] of Object.entries(meanings)) {
      it(`${server}, ${name}: ${reason}`, async () => {
        const captured = captures[name] ?? assert.fail();
        const { testWindow } = setup;
        const id = await testWindow.keyService.add(draftFor(captured));
        assert.equal((await testWindow.refreshKey(id)).status, 'ok');

        answer(captured);
        const failure = await setup.failure(draftFor(captured));
        assert.equal(failure.reason, reason);
        const fresh = await testWindow.keyService.add({ ...draftFor(captured), label: 'Fresh' });
        assert.equal((await testWindow.refreshKey(fresh)).status, added, 'a key that never worked');
        assert.equal((await testWindow.refreshKey(id)).status, worked, 'a key that has worked');
        setup.clock.jump(10 * MINUTE);
        const state = await testWindow.refreshKey(id);
        assert.equal(state.status, later, 'the same, later');
        assert.ok(state.nextCheckAt, 'it is asked again');
        assert.doesNotMatch(state.failure?.message ?? '', /\*{3}/, 'no part of a key is shown');
      });
    }
  }

  it('each captured server is looked at', () => {
    const servers = readdirSync(FOLDER).map(name => name.replace(/\.json$/, ''));
    assert.deepEqual(servers.sort(), Object.keys(MEANINGS).sort());
  });
});
