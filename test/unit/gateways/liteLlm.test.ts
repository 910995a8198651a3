import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Reading } from '../../../src/core/quota/reading.ts';
import type { Status } from '../../../src/core/quota/statusName.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { hashOf } from '../../sampleGateways/liteLlm/key.ts';
import { MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { JUNE, june, spend, TEAM } from './fixture.ts';

type Parts = 'quota' | 'windows' | 'budget' | 'expiresAt' | 'models' | 'rateLimits' | 'unreadable';
interface Told extends Partial<Pick<Reading, Parts>> {
  readonly status?: Status;
  readonly figure?: string | undefined;
}

/** The clock stands at noon (UTC) of Monday, June 15, 2026. */
const FIRST = '2026-07-01T00:00:00.000Z';
const OFFERED = ['gpt-4.1', 'claude-sonnet', 'gpt-4.1-mini'];
const CAPPED = {
  quota: { unlimited: false, granted: 10, used: 3.25, remaining: 6.75 },
  expiresAt: null,
  models: OFFERED,
  status: 'ok',
  figure: '$6.75',
} as const;
const FREE = { quota: { unlimited: true, used: 3.25 }, figure: '∞ · used $3.25' };
/** Whether it has a cap is not known, so that it is not without one. */
const UNKNOWN = {
  quota: { unlimited: false, used: 3.25 },
  unreadable: ['budget'],
  figure: undefined,
} as const;
const window = (name: string, limit: number, used: number, remaining: number, more = {}) => ({
  name,
  used,
  limit,
  remaining,
  unit: 'money' as const,
  ...more,
});
const MONTH = { resetsAt: FIRST, every: '30d' };
const budget = (spent: number, limit: number, more = {}) => ({ spent, limit, ...more });

const KEYS: Readonly<Record<string, Told>> = {
  ok: {},
  // What was used in its life is known beside it, in newer versions alone.
  monthly: {
    quota: { unlimited: true, used: 3.25 },
    windows: [window('30d', 10, 3.25, 6.75, MONTH)],
    budget: budget(3.25, 10, MONTH),
    figure: '$6.75 (30d)',
  },
  'monthly-old': {
    quota: undefined,
    windows: [window('30d', 10, 3.25, 6.75, MONTH)],
    budget: budget(3.25, 10, MONTH),
    figure: '$6.75 (30d)',
  },
  unlimited: FREE,
  nobodys: FREE,
  'used-up': {
    quota: { unlimited: false, granted: 0.0001, used: 0.0075, remaining: -0.0074 },
    models: undefined,
    status: 'exhausted',
    figure: '-$0.0074',
  },
  'zero-budget': {
    quota: { unlimited: false, granted: 0, used: 0, remaining: 0 },
    models: undefined,
    status: 'exhausted',
    figure: '$0.00',
  },
  // LiteLLM lets it be written, and nobody can tell what was meant.
  'negative-budget': UNKNOWN,
  'budget-minus-1': UNKNOWN,
  'budget-word': UNKNOWN,
  'budget-missing': UNKNOWN,
  'budget-999999999': { ...FREE, models: ['claude-sonnet'] },
  'spend-minus-1': { quota: { unlimited: false, granted: 10 }, figure: undefined },
  'spend-2147483647': { quota: { unlimited: false, granted: 10 }, figure: undefined },
  'spend-999999999': { quota: { unlimited: false, granted: 10 }, figure: undefined },
  strings: {},
  tier: {
    ...FREE,
    windows: [window('week', 5, 3.25, 1.75, { resetsAt: '2026-06-22T00:00:00.000Z', every: '7d' })],
    budget: budget(3.25, 5, { resetsAt: '2026-06-22T00:00:00.000Z', every: '7d' }),
    rateLimits: { rpm: 3, tpm: 9999 },
    figure: '$1.75 (week)',
  },
  'tier-above-own': {},
  'tier-unreadable': UNKNOWN,
  raised: {
    quota: { unlimited: false, granted: 15, used: 3.25, remaining: 11.75 },
    figure: '$11.75',
  },
  'raised-999999999': {},
  'raised-before': {},
  windows: {
    ...FREE,
    windows: [
      window('1h', 2, 0.29, 1.71, { resetsAt: '2026-06-15T13:00:00.000Z', every: '1h' }),
      window('day', 20, 19.5, 0.5, { resetsAt: '2026-06-16T00:00:00.000Z', every: '1d' }),
    ],
    budget: budget(19.5, 20, { resetsAt: '2026-06-16T00:00:00.000Z', every: '1d' }),
    status: 'low',
    figure: '$0.50 (day)',
  },
  // Not without a limit, and not what the key spent in all. Another window cannot be read.
  'windows-unspent': {
    ...UNKNOWN,
    windows: [{ name: '1h', limit: 2, unit: 'money', resetsAt: '2026-06-15T13:00:00.000Z', every: '1h' }],
    figure: undefined,
  },
  'windows-999999999': FREE,
  'windows-odd-name': {
    ...FREE,
    windows: [{ name: 'constructor', limit: 2, unit: 'money', every: 'constructor' }],
    figure: undefined,
  },
  'windows-text': UNKNOWN,
  // Such an amount cannot have been spent.
  'windows-used-999999999': {
    ...FREE,
    windows: [{ name: '1h', limit: 2, unit: 'money', resetsAt: '2026-06-15T13:00:00.000Z', every: '1h' }],
    figure: undefined,
  },
  'model-budget': {
    ...FREE,
    windows: [{ name: 'day', scope: 'model', scopeName: 'gpt-4o', limit: 0.1, unit: 'money', every: '1d' }],
  },
  // Its reset is over, but the proxy has not reset it, and refuses by what it counts.
  'rolled-over': {
    windows: [window('day', 10, 3.25, 6.75, { resetsAt: '2026-06-15T00:00:00.000Z', every: '1d' })],
    quota: { unlimited: true, used: 3.25 },
    budget: budget(3.25, 10, { resetsAt: '2026-06-15T00:00:00.000Z', every: '1d' }),
    figure: '$6.75 (day)',
  },
  'team-binds': {
    ...FREE,
    windows: [window('30d', 1200, 1199.5, 0.5, { scope: 'team', scopeName: 'QA', ...MONTH })],
    budget: budget(1199.5, 1200, MONTH),
    status: 'low',
    figure: '$0.50 (team “QA”, 30d)',
  },
  // It has an owner, whose limit is asked for: not without one.
  'team-number': UNKNOWN,
  'team-free': FREE,
  'team-stays': {
    windows: [window('total', 4, 1.5, 2.5, { scope: 'team' })],
    budget: budget(1.5, 4),
    figure: '$2.50 (team)',
  },
  'team-not-member': UNKNOWN,
  'team-not-member-capped': { unreadable: ['budget'] },
  'team-unreadable': UNKNOWN,
  'user-binds': {
    windows: [window('30d', 50, 48, 2, { scope: 'owner', ...MONTH })],
    budget: budget(48, 50, MONTH),
    status: 'low',
    figure: '$2.00 (owner, 30d)',
  },
  limits: { rateLimits: { rpm: 100, tpm: 50_000 } },
  models: { models: ['gpt-4o', 'gpt-4o-mini'] },
  'models-of-all': {},
  expiring: { expiresAt: '2026-06-18T12:00:00.000Z' },
};

const old = { liteLlm: { version: '1.74.9', isFlat: false, pageRows: 1000 } } as const;

/** Why there is no new reading, what that makes of the key, and a word of the sentence. */
const REFUSED: Readonly<Record<string, readonly [reason: string, Status, RegExp]>> = {
  expired: ['past-expiry', 'expired', /has expired/],
  'llm-only': ['forbidden', 'ok', /does not allow/],
  'llm-only-old': ['forbidden', 'ok', /does not allow/],
  'over-budget-400': ['used-up', 'exhausted', /used up/],
  'over-budget-422': ['used-up', 'exhausted', /used up/],
  'over-budget-429': ['used-up', 'exhausted', /used up/],
  'limited-429': ['too-many-requests', 'ok', /is limiting requests/],
  'no-db': ['server-error', 'ok', /Retrying automatically/],
  'db-down-admin': ['server-error', 'ok', /Retrying automatically/],
  'foreign-401': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  'foreign-403': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  'nothing-readable': ['missing-figures', 'ok', /without the figures/],
  'info-text': ['missing-figures', 'ok', /without the figures/],
  'down-500': ['server-error', 'ok', /Retrying automatically/],
  'html-200': ['html', 'ok', /a web page instead of figures/],
};

/** What is only believed once it was said for a while, and what it is then. */
const LASTING: Readonly<Record<string, readonly [reason: string, Status]>> = {
  blocked: ['key-disabled', 'disabled'],
  'blocked-200': ['key-disabled', 'disabled'],
  'team-blocked': ['key-disabled', 'disabled'],
  master: ['master-key', 'invalid'],
};

describe('a key at LiteLLM, /key/info', () => {
  let setup: TestSetup;
  afterEach(async () => {
    assert.deepEqual(setup.gateway.callsOf({ path: '/health' }), [], 'that runs paid calls');
    await setup.close();
  });

  for (const [name, more] of Object.entries(KEYS)) {
    const told = { ...CAPPED, ...more };
    it(`${name}: ${told.figure}, ${told.status}`, async () => {
      setup = await TestSetup.open({ kind: 'liteLlm' });
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(name)));
      const { quota, windows, budget, expiresAt, models, rateLimits, unreadable, ...rest } =
        state.reading ?? assert.fail();
      const { figure, ...expected } = told;
      assert.deepEqual(
        JSON.parse(
          JSON.stringify({
            quota,
            windows,
            budget,
            expiresAt,
            models,
            rateLimits,
            unreadable,
            status: state.status,
          }),
        ),
        JSON.parse(JSON.stringify(expected)),
      );
      assert.equal(figureText(state), figure);
      assert.deepEqual([rest.name, rest.unit], ['production', { code: 'USD', source: 'gateway' }]);
      const { secret } = setup.gateway.key(name);
      assert.doesNotMatch(JSON.stringify(state), /sk-/, 'its `key_name` is a part of the key');
      assert.ok(!JSON.stringify(state).includes(hashOf(secret)), 'its hash opens what it spent');
    });
  }

  it('tells in the older version what its user has by the call that tells the user’s keys, too', async () => {
    setup = await TestSetup.open({
      kind: 'liteLlm',
      settings: old,
    });
    const { windows } = await setup.read(setup.key('user-binds'));
    assert.deepEqual(
      windows?.map(({ scope, remaining }) => [scope, remaining]),
      [['owner', 2]],
    );
  });

  for (const [name, [reason, status, says]] of Object.entries(REFUSED)) {
    it(`${name}: keeps the last good figure and says ${reason}`, async () => {
      setup = await TestSetup.open({ kind: 'liteLlm' });
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
      await setup.testWindow.refreshKey(id);
      setup.gateway.setScenario('ok', name);
      assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
      const state = await setup.testWindow.refreshKey(id);
      assert.equal(state.status, status);
      assert.match(state.failure?.message ?? '', says);
      assert.equal(figureText(state), '$6.75');
    });
  }

  for (const [name, [reason, status]] of Object.entries(LASTING)) {
    it(`${name}: ${status}, once it was said for a while`, async () => {
      setup = await TestSetup.open({ kind: 'liteLlm' });
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
      await setup.testWindow.refreshKey(id);
      setup.gateway.setScenario('ok', name);
      assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
      assert.equal((await setup.testWindow.refreshKey(id)).status, 'ok');
      setup.clock.jump(10 * MINUTE);
      assert.equal((await setup.testWindow.refreshKey(id)).status, status);
    });
  }

  it('over budget with 429 keeps no other key waiting', async () => {
    setup = await TestSetup.open({ kind: 'liteLlm' });
    assert.equal((await setup.failure(setup.key('over-budget-429'))).class, 'exhausted');
    assert.equal((await setup.read(setup.key('ok'))).quota?.remaining, 6.75);
    assert.equal((await setup.failure(setup.key('limited-429'))).class, 'rate-limited');
    assert.equal((await setup.failure(setup.key('ok'))).class, 'rate-limited');
  });

  it('is expired also in the older version, which says so with 400', async () => {
    setup = await TestSetup.open({
      kind: 'liteLlm',
      settings: old,
    });
    assert.deepEqual(
      await setup.failure(setup.key('expired')).then(({ class: failure, status }) => [failure, status]),
      ['expired', 400],
    );
  });

  it('asks for what the proxy offers once in an hour, or when a person asks', async () => {
    setup = await TestSetup.open({ kind: 'liteLlm' });
    const lastReading = await setup.read(setup.key('ok'));
    const asksAfter = async (ms: number, isManual: boolean) => {
      const before = setup.gateway.callsOf({ path: '/v1/models' }).length;
      const { models } = await setup.ask(
        setup.key('ok', { label: `${ms} ${isManual}` }),
        'quota',
        (gateway, context) =>
          gateway.readQuota({ ...context, lastReading, isManual, now: () => setup.clock.now() + ms }),
      );
      assert.deepEqual(models, OFFERED);
      return setup.gateway.callsOf({ path: '/v1/models' }).length - before;
    };
    // It was told at noon.
    assert.deepEqual(
      [await asksAfter(59 * MINUTE, false), await asksAfter(60 * MINUTE, false), await asksAfter(0, true)],
      [0, 1, 1],
    );
  });
});

describe('what LiteLLM repeats of a key', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const version of ['1.74.9', '1.108.7'] as const)
    for (const [name, secret] of [
      ['a wrong key', 'sk-CANARYwrongkeythatnobodyhas0000'],
      ['what is no key of its', 'CANARYnokeyofitsatall0123456789ab'],
    ] as const)
      it(`${name} is in no failure and no log (${version})`, async () => {
        setup = await TestSetup.open({
          kind: 'liteLlm',
          settings: { liteLlm: { version, isFlat: false, pageRows: 1000 } },
        });
        setup.gateway.holdings.unknownSecrets.add(secret);
        const failure = await setup.failure(setup.key('ok', { secret }));
        assert.deepEqual([failure.class, failure.reason], ['bad-key', 'refused-key']);
        const id = await setup.testWindow.keyService.add(setup.key('ok', { secret }));
        const state = await setup.testWindow.refreshKey(id);
        for (const text of [
          JSON.stringify(failure),
          JSON.stringify(state),
          setup.testWindow.logLines.join('\n'),
        ]) {
          assert.doesNotMatch(text, /CANARY|sk-\.\.\./);
          assert.ok(!text.includes(hashOf(secret).slice(0, 16)), text);
        }
      });
});

describe('what a key spent at LiteLLM', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());
  const range = (handle: string) =>
    setup.ask(setup.key(handle), 'rangeByKey', (gateway, context) => gateway.readUsage?.(context, JUNE));
  const open = async (version: '1.74.9' | '1.108.7' = '1.108.7', pageRows = 1000) => {
    setup = await TestSetup.open({
      kind: 'liteLlm',
      accounts: [TEAM],
      settings: { liteLlm: { version, isFlat: false, pageRows } },
    });
    spend(setup.gateway);
  };
  const reply = (path: string, body: unknown, status = 200) =>
    setup.gateway.setReply(`GET ${path}`, {
      status,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const day = (spent: unknown, models: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    date: '2026-06-10',
    metrics: { spend: spent, api_requests: 9, successful_requests: 4, total_tokens: 100 },
    breakdown: { models, ...more },
  });

  it('is not asked for without its hash, which would tell what everybody spent', async () => {
    await open('1.74.9');
    setup.gateway.setScenario('alice', 'ok');
    reply('/key/info', { key: 'sk-...abcd', info: { max_budget: 1, spend: 0 } });
    await assert.rejects(range('alice'), /not-supported: range-not-told/);
    assert.deepEqual(setup.gateway.callsOf({ path: '/user/daily/activity' }), []);
  });

  it('is not believed where it tells of another key', async () => {
    await open();
    reply('/user/daily/activity', {
      results: [day(0.3, { 'gpt-4.1': { metrics: { spend: 0.3 } } }, { api_keys: { [hashOf('x')]: {} } })],
      metadata: { page: 1, total_pages: 1, has_more: false },
    });
    await assert.rejects(range('alice'), /not-supported: range-not-told/);
  });

  it('is asked of the team for a key without a user', async () => {
    await open();
    setup.gateway.key('alice').scenario = { data: { user_id: null, team_id: 't1' } };
    assert.equal((await range('alice')).total?.used, 0.15);
    const [call] = setup.gateway.callsOf({ path: '/team/daily/activity' });
    assert.deepEqual(
      [new URLSearchParams(call?.search).get('team_ids'), new URLSearchParams(call?.search).get('api_key')],
      ['t1', hashOf(setup.gateway.secret('alice'))],
    );
  });

  it('is not told to a key without user and team', async () => {
    await open();
    setup.gateway.key('alice').scenario = { data: { user_id: null } };
    await assert.rejects(range('alice'), /not-supported: range-not-told/);
  });

  it('adds up pages that a day goes over', async () => {
    await open('1.108.7', 1);
    const { total, byDay, byModel, coverage } = await range('alice');
    assert.equal(setup.gateway.callsOf({ path: '/user/daily/activity' }).length, 2);
    assert.deepEqual(byModel, [
      { name: 'gpt-4.1', used: 0.1, requests: 1, tokens: 1000 },
      { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
    ]);
    assert.deepEqual([total?.used, byDay?.length, coverage.complete], [0.15, 1, true]);
  });

  it('is not complete where the same page comes again and again', async () => {
    await open();
    reply('/user/daily/activity', {
      results: [day(0.25, {})],
      metadata: { page: 1, total_pages: 3, has_more: true },
    });
    const { total, coverage } = await range('alice');
    // The second time it is the first page still, which is where it ends.
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.25, false, 'endless']);
  });

  it('is not whole where nobody knows whether there is another page', async () => {
    await open();
    reply('/user/daily/activity', { results: [day(0.25, {})], metadata: { page: 1, has_more: 'perhaps' } });
    const { total, coverage } = await range('alice');
    assert.deepEqual([total?.used, coverage.complete, coverage.reason], [0.25, false, 'endless']);
  });

  const DAYS: Readonly<Record<string, readonly [unknown, number, boolean]>> = {
    'a day without models': [day(0.25, {}), 0.25, true],
    'models that are not all of a day': [day(0.25, { o3: { metrics: { spend: 0.2 } } }), 0.25, true],
    'models of an older form': [day(0.25, { o3: { spend: 0.25 } }), 0.25, true],
    'a model that cannot be read': [day(0.25, { o3: { metrics: { spend: 'much' } } }), 0.25, true],
    'models that are more than their day': [day(0.25, { o3: { metrics: { spend: 0.5 } } }), 0, false],
    'a day without spend that can be read': [day(-1, {}), 0, false],
    'a day that does not exist': [{ ...day(0.25, {}), date: '2026-06-31' }, 0, false],
    'a day outside of the range': [{ ...day(0.25, {}), date: '2026-05-10' }, 0, true],
  };
  for (const [name, [row, used, complete]] of Object.entries(DAYS))
    it(`${name}: $${used}${complete ? '' : ', and it is not complete'}`, async () => {
      await open();
      reply('/user/daily/activity', {
        results: [row],
        metadata: { page: 1, total_pages: 1, has_more: false },
      });
      const { total, coverage } = await range('alice');
      assert.deepEqual([total?.used, coverage.complete], [used, complete]);
    });

  it('is told once more without a call, by model still', async () => {
    await open();
    const { id: key } = await setup.add(setup.key('alice'));
    const asked = () => setup.gateway.callsOf({ path: '/user/daily/activity' }).length;
    // The 13th has ended everywhere.
    const report = () => setup.run('queryUsage', { key, from: '2026-06-01', to: '2026-06-13' });
    const first = (await report()) as UsageReport;
    const again = (await report()) as UsageReport;
    assert.equal(asked(), 1);
    assert.deepEqual(again.byModel, [
      { name: 'gpt-4.1', used: 0.1, requests: 1, tokens: 1000 },
      { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
    ]);
    assert.deepEqual([again.byModel, again.byDay, again.total], [first.byModel, first.byDay, first.total]);
  });

  it('tells the ledger days by model', async () => {
    await open();
    const id = await setup.testWindow.keyService.add(setup.key('alice'));
    await setup.testWindow.refreshKey(id);
    const told: unknown[] = [];
    await setup.ask(setup.key('alice', { label: 'again' }), 'rangeByKey', (gateway, context) =>
      gateway.readUsage?.({ ...context, recordSpend: records => told.push(records) }, JUNE),
    );
    const [first] = told as { source: string; records: unknown[]; complete: unknown }[];
    const span = { at: june(10, 0), lasts: 86_400, keyName: '', completionTokens: undefined };
    assert.deepEqual(first?.records, [
      { ...span, model: 'gpt-4.1', raw: 0.1, requests: 1, promptTokens: 1000 },
      { ...span, model: 'claude-sonnet', raw: 0.05, requests: 1, promptTokens: 500 },
    ]);
    // Noon of the 15th in UTC: the 14th has ended everywhere.
    assert.deepEqual([first?.source, first?.complete], ['dailySums', { from: june(1, 0), to: june(15, 0) }]);
  });
});
