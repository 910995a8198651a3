import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Reading } from '../../../src/core/quota/reading.ts';
import type { Status } from '../../../src/core/quota/statusName.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import type { Sub2ApiSettings } from '../../sampleGateways/settings.ts';
import { HOUR, MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { JUNE, june, spend, TEAM } from './fixture.ts';

type Parts = 'quota' | 'account' | 'windows' | 'budget' | 'expiresAt' | 'plan' | 'unreadable' | 'unit';
interface Told extends Partial<Pick<Reading, Parts>> {
  readonly status?: Status;
  readonly figure?: string | undefined;
}

/** The clock stands at noon (UTC) of Monday, June 15, 2026. */
const USD = { code: 'USD', source: 'gateway' } as const;
const QUOTA = {
  quota: { unlimited: false, granted: 100, used: 25, remaining: 75 },
  unit: USD,
  status: 'ok',
  figure: '$75.00',
} as const;
const money = { unit: 'money' } as const;
const rate = (every: string, used: number, limit: number, remaining: number, resetsAt?: string) => ({
  name: every,
  used,
  limit,
  remaining,
  ...money,
  resetsAt,
  every,
});
const RATES = {
  windows: [
    rate('5h', 5, 20, 15, '2026-06-15T15:30:00.000Z'),
    rate('1d', 49, 50, 1, '2026-06-15T16:00:00.000Z'),
    rate('7d', 0, 200, 200),
  ],
  budget: { spent: 49, limit: 50, resetsAt: '2026-06-15T16:00:00.000Z', every: '1d' },
  status: 'low',
  figure: '$1.00 (1d)',
} as const;
const MIDNIGHT = '2026-06-16T00:00:00.000Z';
const of = { scope: 'subscription', scopeName: 'Team Plan' } as const;
const DAY = { name: 'day', ...of, used: 0.153, limit: 0.5, remaining: 0.347, ...money, resetsAt: MIDNIGHT };
const WEEK = {
  name: 'week',
  ...of,
  used: 3,
  limit: 40,
  remaining: 37,
  ...money,
  resetsAt: '2026-06-17T00:00:00.000Z',
};
const MONTH = { name: 'month', ...of, used: 12, limit: 100, remaining: 88, ...money };
const PLAN = { name: 'Team Plan', expiresAt: '2026-07-14T16:00:00.123Z' };
const SUBSCRIPTION = {
  quota: undefined,
  windows: [DAY, WEEK, MONTH],
  budget: { spent: 0.153, limit: 0.5, resetsAt: MIDNIGHT },
  plan: PLAN,
  figure: '$0.34 (subscription “Team Plan”, day)',
} as const;

const KEYS: Readonly<Record<string, Told>> = {
  ok: {},
  wallet: { quota: undefined, account: { balance: 4.768 }, figure: '$4.76' },
  'wallet-zero': { quota: undefined, account: { balance: 0 }, status: 'exhausted', figure: '$0.00' },
  'wallet-debt': { quota: undefined, account: { balance: -1 }, status: 'exhausted', figure: '-$1.00' },
  exhausted: {
    quota: { unlimited: false, granted: 0.1, used: 0.12, remaining: 0 },
    status: 'exhausted',
    figure: '$0.00',
  },
  'rate-limits': RATES,
  'rate-only': { ...RATES, quota: undefined },
  subscription: SUBSCRIPTION,
  'subscription-used-up': {
    ...SUBSCRIPTION,
    windows: [{ ...DAY, used: 0.624, remaining: -0.124 }, WEEK, MONTH],
    budget: { spent: 0.624, limit: 0.5, resetsAt: MIDNIGHT },
    status: 'exhausted',
    figure: '-$0.13 (subscription “Team Plan”, day)',
  },
  // Seven days after its first use it is reset with the next request.
  'subscription-week-over': {
    ...SUBSCRIPTION,
    windows: [DAY, { name: 'week', ...of, limit: 40, ...money }, MONTH],
  },
  'subscription-no-limits': { quota: { unlimited: true, used: 25 }, plan: PLAN, figure: '∞ · used $25.00' },
  expiring: { expiresAt: '2026-06-18T12:00:00.000Z' },
  // It calls itself active, with all that is left.
  expired: { expiresAt: '2026-05-28T20:26:40.000Z', status: 'expired' },
  // It tells no end without a quota of its own: not “never”.
  'expired-in-wallet': { quota: undefined, account: { balance: 4.768 }, figure: '$4.76' },
  'subscription-none': {
    quota: { unlimited: false, used: 25 },
    plan: { name: 'Team Plan' },
    unreadable: ['plan'],
    figure: undefined,
  },
  strings: {},
  'limit-minus-1': { quota: { unlimited: false, used: 25 }, figure: undefined },
  'limit-999999999': { quota: { unlimited: true, used: 25 }, figure: '∞ · used $25.00' },
  'rate-999999999': {},
  'subscription-999999999': { quota: { unlimited: true, used: 25 }, plan: PLAN, figure: '∞ · used $25.00' },
  'rate-0': {},
  'subscription-0': { quota: { unlimited: true, used: 25 }, plan: PLAN, figure: '∞ · used $25.00' },
  'remaining-minus-1': {},
  'all-minus-1': {
    quota: { unlimited: false, granted: 100 },
    windows: [{ name: '5h', limit: 5, unit: 'money', every: '5h' }],
    figure: undefined,
  },
  'used-999999999': {
    quota: { unlimited: false, granted: 100, remaining: 75 },
    windows: [{ name: '5h', limit: 5, unit: 'money', every: '5h' }],
  },
  'used-minus-1': { quota: { unlimited: false, granted: 100, remaining: 75 } },
  yuan: { unit: { code: 'CNY', source: 'gateway' }, figure: '¥75.00' },
  // The wallet and the limits by time are in dollars.
  'two-currencies': {
    unit: { code: 'CNY', source: 'gateway' },
    unreadable: ['budget'],
    figure: '¥75.00',
  },
  // A limit that cannot be read may be what binds.
  'rate-word': { ...RATES, windows: [RATES.windows[1]], unreadable: ['budget'] },
  'rates-text': { unreadable: ['budget'] },
  'subscription-day-word': {
    ...SUBSCRIPTION,
    windows: [WEEK, MONTH],
    budget: { spent: 3, limit: 40, resetsAt: WEEK.resetsAt },
    unreadable: ['budget'],
    figure: '$37.00 (subscription “Team Plan”, week)',
  },
  // More than all of it cannot be left.
  'remaining-999999999': {},
  'quota-word': { ...RATES, quota: undefined, unreadable: ['budget'] },
  'limit-word': { ...RATES, quota: { unlimited: false, used: 25 }, unreadable: ['budget'] },
  'remaining-missing': {},
  'rate-no-name': { unreadable: ['budget'] },
  'subscription-no-limits-rates-text': {
    quota: { unlimited: false, used: 25 },
    plan: PLAN,
    unreadable: ['budget'],
    figure: undefined,
  },
  'unit-lower': RATES,
  'limit-0': { quota: { unlimited: false, used: 25 }, figure: undefined },
  'oldest-plan': {
    quota: { unlimited: false, remaining: 9.982 },
    plan: { name: 'Week Plan' },
    figure: '$9.98',
  },
  'oldest-no-limits': { quota: { unlimited: true }, plan: { name: 'Free Plan' }, figure: '∞' },
  'oldest-wallet': { quota: undefined, account: { balance: -1 }, status: 'exhausted', figure: '-$1.00' },
};

/** Why there is no new reading, what that makes of the key, and a word of the sentence. */
const REFUSED: Readonly<Record<string, readonly [reason: string, Status, RegExp]>> = {
  'expired-by-status': ['past-expiry', 'expired', /has expired/],
  'not-valid': ['unknown-refusal', 'ok', /Retrying automatically/],
  'subscription-limit-minus-1': ['missing-figures', 'ok', /without the figures/],
  'quota-empty': ['missing-figures', 'ok', /without the figures/],
  'nothing-readable': ['missing-figures', 'ok', /without the figures/],
  'address-bound': ['address-not-allowed', 'ok', /network address/],
  'group-disabled': ['forbidden', 'ok', /does not allow/],
  'no-group': ['forbidden', 'ok', /does not allow/],
  'limit-exceeded-429': ['used-up', 'exhausted', /used up/],
  'locked-out-429': ['too-many-requests', 'ok', /is limiting requests/],
  'no-subscription-403': ['used-up', 'exhausted', /used up/],
  'no-balance-403': ['used-up', 'exhausted', /used up/],
  'foreign-401': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  'down-500': ['server-error', 'ok', /Retrying automatically/],
  'html-200': ['html', 'ok', /a web page instead of figures/],
};

/** What is only believed once it was said for a while, and what it is then. */
const LASTING: Readonly<Record<string, readonly [reason: string, Status]>> = {
  disabled: ['key-disabled', 'disabled'],
  'owner-inactive': ['banned', 'disabled'],
};

describe('a key at Sub2API, /v1/usage', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, more] of Object.entries(KEYS)) {
    const told = { ...QUOTA, ...more };
    it(`${name}: ${told.figure}, ${told.status}`, async () => {
      setup = await TestSetup.open({ kind: 'sub2Api' });
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(name)));
      const { quota, account, windows, budget, expiresAt, plan, unreadable, unit, gatewayName } =
        state.reading ?? assert.fail();
      const { figure, ...expected } = told;
      const { status } = state;
      assert.deepEqual(
        JSON.parse(
          JSON.stringify({ quota, account, windows, budget, expiresAt, plan, unreadable, unit, status }),
        ),
        JSON.parse(JSON.stringify(expected)),
      );
      assert.equal(figureText(state), figure);
      assert.equal(gatewayName, 'Sub2API');
    });
  }

  for (const [name, [reason, status, says]] of Object.entries(REFUSED)) {
    it(`${name}: keeps the last good figure and says ${reason}`, async () => {
      setup = await TestSetup.open({ kind: 'sub2Api' });
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
      await setup.testWindow.refreshKey(id);
      setup.gateway.setScenario('ok', name);
      assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
      const state = await setup.testWindow.refreshKey(id);
      assert.equal(state.status, status);
      assert.match(state.failure?.message ?? '', says);
      assert.equal(figureText(state), '$75.00');
      assert.doesNotMatch(state.failure?.message ?? '', /127\.0\.0\.1\b(?!:)/, 'the address of a person');
    });
  }

  for (const [name, [reason, status]] of Object.entries(LASTING)) {
    it(`${name}: ${status}, once it was said for a while`, async () => {
      setup = await TestSetup.open({ kind: 'sub2Api' });
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
      await setup.testWindow.refreshKey(id);
      setup.gateway.setScenario('ok', name);
      assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
      assert.equal((await setup.testWindow.refreshKey(id)).status, 'ok');
      setup.clock.jump(10 * MINUTE);
      assert.equal((await setup.testWindow.refreshKey(id)).status, status);
    });
  }

  it('that is used up or over is told so by versions that ask for the bill first', async () => {
    const settings = { sub2Api: { build: '2026-02-14', timeZone: 'UTC', hasDays: true } } as const;
    setup = await TestSetup.open({ kind: 'sub2Api', settings });
    const refusals: string[] = [];
    for (const name of ['exhausted', 'expired', 'wallet-zero'])
      refusals.push((await setup.failure(setup.key(name))).class);
    assert.deepEqual(refusals, ['exhausted', 'expired', 'exhausted']);
  });

  it('that is wrong is not asked again for hours: many refusals lock good keys out, too', async () => {
    setup = await TestSetup.open({ kind: 'sub2Api', limits: 'real' });
    await setup.testWindow.monitor.start();
    const secret = setup.gateway.holdings.unknownSecret('wrong');
    const id = await setup.testWindow.keyService.add(setup.key('ok', { secret }));
    const state = await setup.testWindow.refreshKey(id);
    assert.equal(state.status, 'invalid');
    const waitMs = Date.parse(state.nextCheckAt ?? '') - setup.clock.now();
    assert.ok(waitMs >= 4 * HOUR, String(waitMs));
  });

  it('is waited for, and nothing is said against it, while refusals have locked its address out', async () => {
    setup = await TestSetup.open({ kind: 'sub2Api', limits: 'real' });
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.refreshKey(id);
    for (let i = 0; i < 120; i++) setup.gateway.limiters.account?.take('127.0.0.1');
    const { class: failure, retryAfterMs } = await setup.failure(setup.key('ok'));
    assert.deepEqual([failure, retryAfterMs], ['rate-limited', 60_000]);
  });
});

describe('a day’s limit of a subscription at Sub2API', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());
  const open = async (timeZone: string, build: Sub2ApiSettings['build'] = '0.1.179') => {
    setup = await TestSetup.open({
      kind: 'sub2Api',
      settings: { sub2Api: { build, timeZone, hasDays: true } },
    });
    return setup.testWindow.keyService.add(setup.key('subscription-used-up'));
  };
  const dayOf = async (id: string) => {
    const { reading, status } = await setup.testWindow.refreshKey(id);
    const { used, remaining, resetsAt } = reading?.windows?.[0] ?? assert.fail();
    return { used, remaining, resetsAt, status };
  };
  const FULL = { used: 0.624, remaining: -0.124, status: 'exhausted' };

  it('is reset at midnight where the server stands', async () => {
    const id = await open('Asia/Shanghai');
    // 20:00 there.
    assert.deepEqual(await dayOf(id), { ...FULL, resetsAt: '2026-06-15T16:00:00.000Z' });
  });

  it('is not known once that has passed and the same is told, which may be of the day before', async () => {
    const id = await open('Asia/Shanghai');
    await dayOf(id);
    setup.clock.jump(4 * HOUR - 1);
    assert.deepEqual(await dayOf(id), { ...FULL, resetsAt: '2026-06-15T16:00:00.000Z' });
    setup.clock.jump(1);
    const after = {
      used: undefined,
      remaining: undefined,
      resetsAt: '2026-06-16T16:00:00.000Z',
      status: 'ok',
    };
    assert.deepEqual(await dayOf(id), after);
    setup.clock.jump(10 * HOUR);
    assert.deepEqual(await dayOf(id), after, 'for as long as it is the same');
  });

  it('is known again as soon as another figure is told', async () => {
    const id = await open('Asia/Shanghai');
    await dayOf(id);
    setup.clock.jump(5 * HOUR);
    assert.equal((await dayOf(id)).used, undefined);
    setup.gateway.setScenario('subscription-used-up', 'subscription');
    assert.equal((await dayOf(id)).used, 0.153);
  });

  it('is not known after a day where the server’s zone is not told', async () => {
    const id = await open('no zone');
    // The offset that is told beside it is UTC’s.
    assert.equal((await dayOf(id)).resetsAt, MIDNIGHT);
    setup.clock.jump(12 * HOUR);
    assert.equal((await dayOf(id)).used, undefined);
  });
});

describe('what a key spent at Sub2API', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());
  const open = async (build: Sub2ApiSettings['build'] = '0.1.179', hasDays = true) => {
    setup = await TestSetup.open({
      kind: 'sub2Api',
      accounts: [TEAM],
      settings: { sub2Api: { build, timeZone: 'UTC', hasDays } },
    });
    spend(setup.gateway);
  };
  const told: { source: string; records: unknown; complete: unknown }[] = [];
  const range = (handle = 'alice', asked = JUNE) =>
    setup.ask(setup.key(handle), 'rangeByKey', (gateway, context) =>
      gateway.readUsage?.({ ...context, recordSpend: records => told.push(records) }, asked),
    );

  it('is sent with the days of the range and no zone, which would move only the edges', async () => {
    await open();
    await range();
    const [call] = setup.gateway.callsOf({ path: '/v1/usage' });
    assert.deepEqual(
      [...new URLSearchParams(call?.search)],
      [
        ['start_date', '2026-06-01'],
        ['end_date', '2026-06-30'],
        ['days', '17'],
      ],
    );
  });

  it('goes into the ledger by day', async () => {
    await open();
    told.length = 0;
    await range();
    const span = { at: june(10, 0), lasts: 86_400, keyName: '', model: '', completionTokens: undefined };
    assert.deepEqual(told, [
      {
        source: 'dailySums',
        scale: { unit: USD, perUnit: 1 },
        records: [{ ...span, raw: 0.15, requests: 2, promptTokens: 1500 }],
        complete: { from: june(1, 0), to: june(15, 0) },
        unreadable: 0,
      },
    ]);
  });

  it('is told by model alone where the list of days is empty, and not taken for days without spend', async () => {
    await open('0.1.179', false);
    told.length = 0;
    const { total, byDay, byModel, coverage } = await range();
    assert.deepEqual([total?.used, byDay, byModel?.length, coverage.complete], [0.15, undefined, 2, true]);
    assert.deepEqual(told, []);
  });

  it('is not told by versions that have no ranges', async () => {
    await open('2026-02-14');
    await assert.rejects(range(), /not-supported: range-not-told/);
  });

  it('asks for ninety days at most, since more are refused, and tells the rest by model', async () => {
    await open();
    const { total, byDay } = await range('alice', { from: Date.UTC(2026, 0, 1), to: JUNE.to });
    const [call] = setup.gateway.callsOf({ path: '/v1/usage' });
    assert.equal(new URLSearchParams(call?.search).get('days'), '90');
    assert.deepEqual([total?.used, byDay], [0.15, undefined]);
  });

  const BODIES: Readonly<Record<string, readonly [unknown, number | undefined, boolean, string]>> = {
    'days that do not add up to the models': [
      {
        mode: 'x',
        model_stats: [{ model: 'o3', actual_cost: 2 }],
        daily_usage: [{ date: '2026-06-10', actual_cost: 1 }],
      },
      2,
      false,
      'contradicted',
    ],
    'no spend, of a day of which something was spent': [
      { mode: 'x', daily_usage: [], usage: { today: { actual_cost: 1 } } },
      undefined,
      false,
      'contradicted',
    ],
    'days that are told, and no models': [
      { mode: 'x', daily_usage: [{ date: '2026-06-10', actual_cost: 1 }] },
      undefined,
      false,
      'contradicted',
    ],
    'models that cannot be read, beside days that can': [
      {
        mode: 'x',
        model_stats: [{ model: 'o3', actual_cost: 'x' }],
        daily_usage: [{ date: '2026-06-10', actual_cost: 1 }],
      },
      1,
      false,
      'unreadable-rows',
    ],
    'a day that cannot be read, beside models that can': [
      {
        mode: 'x',
        model_stats: [{ model: 'o3', actual_cost: 2 }],
        daily_usage: [{ date: '2026-06-10', actual_cost: 999_999_999 }],
      },
      2,
      false,
      'unreadable-rows',
    ],
    'a model that cannot be read': [
      { mode: 'x', model_stats: [{ model: 'o3', actual_cost: -1 }], daily_usage: [] },
      0,
      false,
      'unreadable-rows',
    ],
    'no spend at all': [
      { mode: 'x', daily_usage: [], usage: { today: { actual_cost: 0 } } },
      0,
      true,
      'gateway-days',
    ],
  };
  for (const [name, [body, used, complete, reason]] of Object.entries(BODIES))
    it(`${name}: $${used}, ${reason}`, async () => {
      await open();
      setup.gateway.setReply('GET /v1/usage', {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { total, coverage } = await range();
      assert.deepEqual([total?.used, coverage.complete, coverage.reason], [used, complete, reason]);
    });
});
