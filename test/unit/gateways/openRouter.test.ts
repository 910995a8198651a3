import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Quota, Reading } from '../../../src/core/quota/reading.ts';
import type { Status } from '../../../src/core/quota/statusName.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { hashOf } from '../../sampleGateways/openRouter/key.ts';
import { MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { spend, TEAM } from './fixture.ts';

interface Told {
  readonly quota?: Quota;
  readonly windows?: Reading['windows'];
  readonly budget?: Reading['budget'];
  readonly expiresAt?: string | null;
  readonly unreadable?: Reading['unreadable'];
  readonly status?: Status;
  readonly figure: string | undefined;
}

/** The clock stands at noon (UTC) of Monday, June 15, 2026. */
const [MIDNIGHT, MONDAY, FIRST] = ['2026-06-16', '2026-06-22', '2026-07-01'].map(
  day => `${day}T00:00:00.000Z`,
);
const cap = (name: string, every: string, resetsAt?: string) => ({
  name,
  used: 25.5,
  limit: 100,
  remaining: 74.5,
  unit: 'money' as const,
  resetsAt,
  every,
});
const MONTHLY = {
  quota: { unlimited: true, used: 25.5 },
  windows: [cap('month', 'monthly', FIRST)],
  budget: { spent: 25.5, limit: 100, resetsAt: FIRST, every: 'monthly' },
  figure: '$74.50 (month)',
};
const OPEN = { windows: undefined, budget: undefined };

const KEYS: Readonly<Record<string, Partial<Told>>> = {
  ok: {},
  capped: {
    ...OPEN,
    quota: { unlimited: false, granted: 100, used: 25.5, remaining: 74.5 },
    figure: '$74.50',
  },
  'capped-daily': {
    windows: [cap('day', 'daily', MIDNIGHT)],
    budget: { spent: 25.5, limit: 100, resetsAt: MIDNIGHT, every: 'daily' },
    figure: '$74.50 (day)',
  },
  'capped-weekly': {
    windows: [cap('week', 'weekly', MONDAY)],
    budget: { spent: 25.5, limit: 100, resetsAt: MONDAY, every: 'weekly' },
    figure: '$74.50 (week)',
  },
  'capped-otherwise': {
    windows: [cap('yearly', 'yearly')],
    budget: { spent: 25.5, limit: 100, every: 'yearly' },
    figure: '$74.50 (yearly)',
  },
  unlimited: {
    ...OPEN,
    quota: { unlimited: true, used: 12.5 },
    expiresAt: undefined,
    figure: '∞ · used $12.50',
  },
  'used-up': {
    quota: { unlimited: true, used: 61 },
    windows: [{ ...cap('week', 'weekly', MONDAY), used: 5.003, limit: 5, remaining: -0.003 }],
    budget: { spent: 5.003, limit: 5, resetsAt: MONDAY, every: 'weekly' },
    status: 'exhausted',
    figure: '-$0.003 (week)',
  },
  'capped-used-up': {
    ...OPEN,
    quota: { unlimited: false, granted: 5, used: 5, remaining: 0 },
    status: 'exhausted',
    figure: '$0.00',
  },
  // No free requests are left, and everything else can be called.
  'free-tier': {
    quota: { unlimited: true, used: 0 },
    windows: [
      {
        name: 'day',
        scope: 'model',
        scopeName: ':free',
        used: 50,
        limit: 50,
        remaining: 0,
        unit: 'requests',
      },
    ],
    budget: undefined,
    figure: '∞ · used $0.00',
  },
  // One has a scope that is not known, and may be what binds.
  'budgets-above': {
    quota: { unlimited: false, used: 25.5 },
    unreadable: ['budget'],
    windows: [
      cap('month', 'monthly', FIRST),
      { ...cap('month', 'monthly', FIRST), scope: 'workspace', used: 487.75, limit: 500, remaining: 12.25 },
      { ...cap('day', 'daily', MIDNIGHT), scope: 'guardrail', used: 30, limit: 50, remaining: 20 },
    ],
    budget: { spent: 487.75, limit: 500, resetsAt: FIRST, every: 'monthly' },
    status: 'low',
    figure: '$12.25 (workspace, month)',
  },
  'budgets-odd': {
    windows: [
      cap('constructor', 'constructor'),
      { name: 'month', scope: 'workspace', limit: 500, unit: 'money', resetsAt: FIRST, every: 'monthly' },
      {
        ...cap('toString', 'toString', FIRST),
        scope: 'guardrail',
        ...{ used: 10, limit: 50, remaining: 40 },
      },
    ],
    budget: { spent: 10, limit: 50, resetsAt: FIRST, every: 'toString' },
    figure: '$40.00 (guardrail, toString)',
  },
  expiring: { expiresAt: '2026-06-18T12:00:00.000Z' },
  strings: {},
  // Nobody has caps of these: they are other software’s words for none.
  'limit-minus-1': { ...OPEN, quota: { unlimited: true, used: 25.5 }, figure: '∞ · used $25.50' },
  'limit-999999999': { ...OPEN, quota: { unlimited: true, used: 25.5 }, figure: '∞ · used $25.50' },
  'usage-minus-1': { quota: { unlimited: true } },
  // Not “unlimited”, and not what its usage would leave.
  'remaining-null': {
    windows: [{ name: 'month', limit: 100, unit: 'money', resetsAt: FIRST, every: 'monthly' }],
    budget: undefined,
    figure: undefined,
  },
  'remaining-999999999': {
    windows: [{ name: 'month', limit: 100, unit: 'money', resetsAt: FIRST, every: 'monthly' }],
    budget: undefined,
    figure: undefined,
  },
  'remaining-null-capped': {
    ...OPEN,
    quota: { unlimited: false, granted: 100, used: 25.5 },
    figure: undefined,
  },
  'limit-word': {
    ...OPEN,
    quota: { unlimited: false, used: 25.5 },
    unreadable: ['budget'],
    figure: undefined,
  },
};

/** Why there is no new reading, what that makes of the key, and a word of the sentence. */
const REFUSED: Readonly<Record<string, readonly [reason: string, Status, RegExp]>> = {
  'nothing-readable': ['missing-figures', 'ok', /without the figures/],
  'data-text': ['missing-figures', 'ok', /without the figures/],
  'error-200': ['refused-request', 'ok', /refused the request/],
  'credits-402': ['used-up', 'exhausted', /used up/],
  'credits-402-untold': ['unknown-refusal', 'ok', /Retrying automatically/],
  'budget-403': ['used-up', 'exhausted', /used up/],
  'inflight-402': ['unknown-refusal', 'ok', /Retrying automatically/],
  'foreign-401': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  'limited-429': ['too-many-requests', 'ok', /is limiting requests/],
  'down-500': ['server-error', 'ok', /Retrying automatically/],
  'html-200': ['html', 'ok', /a web page instead of figures/],
};

describe('a key at OpenRouter, /api/v1/key', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, more] of Object.entries(KEYS)) {
    const told = { ...MONTHLY, expiresAt: null, status: 'ok', ...more };
    it(`${name}: ${told.figure}, ${told.status}`, async () => {
      setup = await TestSetup.open({ kind: 'openRouter' });
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(name)));
      const {
        quota,
        windows,
        budget,
        expiresAt,
        unreadable,
        name: label,
        unit,
      } = state.reading ?? assert.fail();
      const { figure, ...expected } = told;
      assert.deepEqual(
        JSON.parse(JSON.stringify({ quota, windows, budget, expiresAt, unreadable, status: state.status })),
        JSON.parse(JSON.stringify(expected)),
      );
      assert.equal(figureText(state), figure);
      assert.deepEqual([label, unit], [undefined, { code: 'USD', source: 'gateway' }]);
      assert.doesNotMatch(JSON.stringify(state), /sk-or-v1/, 'its label is a part of the key');
    });
  }

  for (const [name, [reason, status, says]] of Object.entries(REFUSED)) {
    it(`${name}: keeps the last good figure and says ${reason}`, async () => {
      setup = await TestSetup.open({ kind: 'openRouter' });
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
      await setup.testWindow.refreshKey(id);
      setup.gateway.setScenario('ok', name);
      assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
      const state = await setup.testWindow.refreshKey(id);
      assert.equal(state.status, status);
      assert.match(state.failure?.message ?? '', says);
      assert.equal(figureText(state), '$74.50 (month)');
    });
  }

  it('requests under way, that may cost more than is left, are waited for', async () => {
    setup = await TestSetup.open({ kind: 'openRouter' });
    const { class: failure, retryAfterMs } = await setup.failure(setup.key('inflight-402'));
    assert.deepEqual([failure, retryAfterMs], ['transient', 3000]);
  });

  it('a wrong key is refused once it was said for a while', async () => {
    setup = await TestSetup.open({ kind: 'openRouter' });
    const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
    await setup.testWindow.refreshKey(id);
    const wrong = setup.key('ok', { secret: setup.gateway.holdings.unknownSecret('no key') });
    assert.equal((await setup.failure(wrong)).class, 'bad-key');
    setup.gateway.setReply('GET /api/v1/key', {
      status: 401,
      headers: { 'Content-Type': 'application/json' },
      body: '{"error":{"message":"User not found.","code":401}}',
    });
    assert.equal((await setup.testWindow.refreshKey(id)).status, 'ok');
    setup.clock.jump(10 * MINUTE);
    assert.equal((await setup.testWindow.refreshKey(id)).status, 'invalid');
  });
});

describe('an account at OpenRouter', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());
  const open = async (more: Parameters<typeof TestSetup.open>[0] = {}) => {
    setup = await TestSetup.open({ kind: 'openRouter', accounts: [TEAM], ...more });
    if (more.accounts === undefined) spend(setup.gateway);
  };

  it('has more keys than come in one page, each once, with what is wrong with it', async () => {
    const many = Array.from({ length: 100 }, (_, index) => [`key ${index}`, {}] as const);
    const keys = {
      ...Object.fromEntries(many),
      off: { holds: { status: 'disabled' as const } },
      over: { holds: { expiresAt: 1_780_000_000 } },
      spent: { holds: { remain: -1, used: 10 } },
    };
    await open({ accounts: [{ name: 'team', keys }], scenarios: 'none' });
    const { accountKeys = [], accountKeysMissing } = await setup.read(setup.account('team'));
    assert.deepEqual([accountKeys.length, accountKeysMissing], [103, undefined]);
    assert.deepEqual(
      accountKeys.slice(-3).map(({ status }) => status),
      ['disabled', 'expired', 'exhausted'],
    );
    assert.deepEqual(
      setup.gateway
        .callsOf({ path: '/api/v1/keys' })
        .map(({ search }) => new URLSearchParams(search).get('offset')),
      ['0', '100'],
    );
  });

  it('does not take two zeros, told to an ordinary key, for an empty account', async () => {
    await open();
    const mine = setup.account('team', { secret: setup.gateway.secret('alice'), label: 'Mine' });
    assert.equal((await setup.failure(mine)).reason, 'wrong-credential');
    const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(mine));
    assert.equal(state.reading, undefined);
    assert.match(
      state.failure?.message ?? '',
      /a different type of credential.*add it again with the right type/,
    );
    assert.equal(setup.gateway.callsOf({ path: '/api/v1/credits' }).length, 0);
  });

  it('is not read from a management key that was added as an API key', async () => {
    await open();
    const { managementKey } = setup.gateway.account('team');
    assert.equal(
      (await setup.failure(setup.key('alice', { secret: managementKey }))).reason,
      'wrong-credential',
    );
  });

  it('of which the credits cannot be read still has its keys', async () => {
    await open();
    setup.gateway.setReply('GET /api/v1/credits', {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"data":{"total_credits":"lots","total_usage":0}}',
    });
    const { account, accountKeys, unreadable } = await setup.read(setup.account('team'));
    assert.deepEqual([account?.balance, accountKeys?.length, unreadable], [undefined, 2, ['balance']]);
  });

  it('is asked about no key whose id is none, and believes no other key', async () => {
    await open();
    const ask = (id: string) =>
      setup.ask(setup.account('team'), 'accountKey', (gateway, context) =>
        gateway.readAccountKey?.(context, id),
      );
    await assert.rejects(ask('../credits'), /refused-request/);
    await assert.rejects(ask('f'.repeat(64)), /no-such-endpoint/);
    setup.gateway.setReply(`GET /api/v1/keys/${'e'.repeat(64)}`, {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ data: { hash: hashOf({ handle: 'bob' }), name: 'bob', usage: 1 } }),
    });
    await assert.rejects(ask('e'.repeat(64)), /missing-figures/);
  });
});
