import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { accountKeyCountText } from '../../../src/text/accountKeyCount.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import {
  CAPTURED_AT,
  capturedBody,
  type ReplayOptions,
  type ReplayServer,
  type ServerName,
  startReplayServer,
} from '../../replay/replayServer.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MINUTE } from '../support/samples.ts';
import { TestWindow } from '../support/testWindow.ts';

const NO_KEYS = { success: true, message: '', data: { page: 1, page_size: 100, total: 0, items: [] } };

let server: ReplayServer;
let testWindow: TestWindow;

async function open(name: ServerName, options: Partial<ReplayOptions> = {}): Promise<void> {
  const clock = new ManualClock(CAPTURED_AT);
  server = await startReplayServer(name, { clock: clock.now, ...options });
  testWindow = new TestWindow({ clock });
}

async function checked(capture: string, more: Partial<KeyDraft> = {}) {
  const secret = server.secretOf(capture);
  const credential = secret.startsWith('sk-') ? 'apiKey' : 'accessToken';
  const draft: KeyDraft = { kind: 'newApi', credential, label: capture, baseUrl: server.origin, secret };
  return testWindow.refreshKey(await testWindow.keyService.add({ ...draft, ...more }));
}

const askedOf = (path: string) => server.asked.filter(line => line.startsWith(`GET ${path}`)).length;

describe('an account at a real server', () => {
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  it('0.6.3: $99.08, and the keys of its bare pages', async () => {
    const bare = capturedBody('new-api-0.6.3', 'tokens.bare');
    const empty = { success: true, data: [] };
    const extra = { '/api/token/?p=0': bare, '/api/token/?p=1': empty };
    await open('new-api-0.6.3', { prefer: ['status.INCUR'], extra });
    const state = await checked('self.wrong-id', { userId: '2' });
    assert.equal(figureText(state), '$99.08');
    assert.ok((state.reading?.accountKeys?.length ?? 0) > 0);
  });

  for (const name of ['new-api-0.10.9', 'new-api-0.12.0', 'new-api-1.0.0-rc'] as const) {
    it(`${name}: $99.08, and how many of its 128 keys the captures hold`, async () => {
      await open(name);
      const state = await checked('tokens.bare', { userId: '2' });
      assert.deepEqual([state.status, figureText(state)], ['ok', '$99.08']);
      assert.match(accountKeyCountText(state.reading ?? {}) ?? '', /^\d+ of 128$/);
    });
  }

  it('Veloera wants Veloera-User, is answered at the second try, and is not asked twice again', async () => {
    const rows = capturedBody('veloera-0.3.25', 'tokens.p2');
    const extra = { '/api/token/?p=0': rows, '/api/token/?p=1': { success: true, data: [] } };
    // An owner may have given the site a name that does not tell.
    await open('veloera-0.3.25', { extra, prefer: [] });
    const state = await checked('self.wrong-id', { userId: '2' });
    assert.equal(state.reading?.account?.balance, 39.087522);
    assert.equal(askedOf('/api/user/self'), 2);
    await testWindow.refreshKey(state.id);
    assert.equal(askedOf('/api/user/self'), 3, 'the header that worked is remembered');
  });

  it('Veloera without a user id says what is missing and what to do', async () => {
    await open('veloera-0.3.25', { prefer: ['status.NOCUR'] });
    const { status, failure } = await checked('self.wrong-id');
    assert.equal(status, 'unknown');
    assert.match(failure?.message ?? '', /numeric user ID with the access token.*add it again with that ID/);
  });

  it('One API: $19.76 of a wallet, and all its keys, ten a page from page 0', async () => {
    await open('one-api');
    const { reading, status } = await checked('user-self');
    assert.deepEqual([status, reading?.account?.balance, reading?.account?.used], ['ok', 19.76259, 0.23741]);
    const keys = reading?.accountKeys ?? [];
    const captured = ['p0', 'p1', 'p2'].flatMap(
      page => (capturedBody('one-api', `token-list-${page}`) as { data: { name: string }[] }).data,
    );
    assert.deepEqual(
      keys.map(({ name }) => name),
      captured.map(({ name }) => name),
    );
    const statusOf = (name: string) => keys.find(key => key.name === name)?.status;
    assert.deepEqual(
      [statusOf('usedup'), statusOf('never'), statusOf('unlimited')],
      ['exhausted', undefined, undefined],
    );
  });

  for (const [name, balance] of [
    ['one-hub', 17.48],
    ['done-hub', 17.46],
  ] as const) {
    it(`${name}: $${balance}, and keys under data.data`, async () => {
      const end = { success: true, data: { data: [], page: 2, size: 3, total_count: 7 } };
      const extra = { '/api/token/?p=1': capturedBody(name, 'token-list'), '/api/token/?p=2': end };
      await open(name, { extra });
      const { reading } = await checked('user-self-bearer');
      assert.equal(reading?.account?.balance, balance);
      assert.deepEqual(
        reading?.accountKeys?.map(key => [key.name, key.status, key.models]),
        [
          ['modelonly', undefined, ['gpt-4o-mini']],
          ['iponly', undefined, null],
          ['expired', 'expired', null],
        ],
      );
      // The capture holds three of seven.
      assert.equal(accountKeyCountText(reading ?? {}), '3 of 7');
    });
  }

  /** 10,000,000 units of the plan are $20.00, and it is reset at 22:40 UTC. */
  const PLANS = [
    ['sub.before', 'ok', '$20.00'],
    ['sub.after', 'ok', '$19.80'],
    ['sub.usedup', 'exhausted', '$0.00'],
  ] as const;
  for (const [at, status, figure] of PLANS) {
    it(`1.0, an empty wallet and a plan, ${at}: ${figure}`, async () => {
      const extra = { '/api/token/?p=1': NO_KEYS };
      await open('new-api-1.0.0-rc', { extra, prefer: ['sub.before.user-self', at] });
      const state = await checked('sub.before.user-self');
      assert.deepEqual([state.status, figureText(state)], [status, figure]);
      const { account, budget, plan } = state.reading ?? {};
      assert.equal(account?.balance, 0, 'the wallet stands beside it');
      assert.equal(budget?.resetsAt, '2026-11-29T00:00:00.000Z');
      assert.deepEqual(plan, { status: 'active', expiresAt: '2026-12-28T22:01:00.000Z' });
    });
  }

  it('1.0, an empty wallet whose plan has ended is used up', async () => {
    const extra = { '/api/token/?p=1': NO_KEYS };
    await open('new-api-1.0.0-rc', { extra, prefer: ['sub.usedup.user-self', 'sub.expired'] });
    const state = await checked('sub.before.user-self');
    assert.deepEqual([state.status, figureText(state)], ['exhausted', '$0.00']);
    assert.deepEqual([state.reading?.budget, state.reading?.plan], [undefined, undefined]);
  });
});

describe('billing at real servers', () => {
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  for (const name of ['one-hub', 'done-hub'] as const) {
    it(`${name}: an unlimited key’s figures are named as possibly the account’s`, async () => {
      await open(name);
      const { reading } = await checked('billing-subscription-unlimited');
      assert.equal(reading?.quota?.granted, 20);
      assert.equal(reading?.isAccountPossible, true);
    });
  }

  it('One API tells the account for every key: an overdrawn key shows that', async () => {
    const overdrawn = { object: 'billing_subscription', hard_limit_usd: -0.08, access_until: 0 };
    const extra = { '/v1/dashboard/billing/subscription?p=null': overdrawn };
    await open('one-api', { prefer: ['account-mode'], extra });
    const { reading, status } = await checked('account-mode-billing-usage-overdrawn');
    assert.deepEqual(
      [status, reading?.source, reading?.quota, reading?.account],
      ['exhausted', 'account', undefined, { balance: -0.08, used: 0.68 }],
    );
  });

  it('where two keys say the same, it is their account, and One API’s limit is what is left of it', async () => {
    await open('one-api', { prefer: ['account-mode'] });
    const first = await checked('account-mode-billing-subscription-limited');
    assert.equal(first.reading?.source, 'billing');
    // Another key of the account, which this site answers with the account's figures too.
    const other = { secret: `${server.secretOf('account-mode-billing-subscription-limited')}-x` };
    const body = (capture: string) => capturedBody('one-api', capture);
    await server.close();
    const extra = {
      '/v1/dashboard/billing/subscription?p=null': body('account-mode-billing-subscription-limited'),
      '/v1/dashboard/billing/usage?p=null': body('account-mode-billing-usage-limited'),
    };
    await testWindow.close();
    await open('one-api', { extra });
    await checked('account-mode-billing-subscription-limited');
    const { reading } = await checked('account-mode-billing-subscription-limited', other);
    assert.deepEqual(
      [reading?.source, reading?.quota, reading?.account],
      ['account', undefined, { balance: 19.76259, used: 0.23741 }],
    );
  });

  for (const [name, key] of [
    ['one-api', 'billing-subscription-limited'],
    ['new-api-0.6.3', 'sub.limited'],
    ['veloera-0.3.25', 'sub.limits'],
  ] as const) {
    it(`${name}: what it does not have is asked for once, for all keys`, async () => {
      await open(name, { prefer: ['status.INCUR', 'status.NOCUR'] });
      const { id } = await checked(key);
      for (let check = 0; check < 3; check++) await testWindow.refreshKey(id);
      assert.equal(askedOf('/api/usage/token/'), 1);
      assert.equal(askedOf('/v1/dashboard/billing/subscription'), 4);
    });
  }

  it('a site whose pages are limited still tells a key’s figures by billing', async () => {
    await open('one-api');
    for (let i = 0; i < 240; i++) await fetch(`${server.origin}/no/such/page`).then(answer => answer.text());
    assert.equal((await fetch(`${server.origin}/api/usage/token/`)).status, 429);
    const state = await checked('billing-subscription-limited');
    assert.deepEqual([state.status, figureText(state)], ['ok', '$3.89']);
    const next = Date.parse(state.nextCheckAt ?? '') - Date.parse(state.checkedAt ?? '');
    assert.ok(next <= 10 * MINUTE, 'and is asked again as usual');
  });
});
