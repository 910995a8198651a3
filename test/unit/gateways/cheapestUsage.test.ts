import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Reading } from '../../../src/core/quota/reading.ts';
import type { Status } from '../../../src/core/quota/statusName.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { noticeText, spokenText } from '../../../src/text/keyTexts.ts';
import { keyFacts } from '../../../src/vscode/tree/keyFacts.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';

const END = '2100-02-15T10:00:00.000Z';
const BUDGET = { spent: 1.23, limit: 10, resetsAt: END, every: '30d' };
const PLAN = { name: 'standard', status: 'active', expiresAt: END };
const FREE = { spent: 1.23, limit: null };

interface Told {
  readonly budget: Reading['budget'];
  readonly plan?: Reading['plan'];
  readonly rateLimits?: Reading['rateLimits'];
  readonly balance?: number;
  readonly name?: string;
  readonly unreadable?: Reading['unreadable'];
  readonly status?: Status;
  /** What the status bar leads with. */
  readonly figure: string | undefined;
}

/** What every key here tells unless its row says otherwise. */
const USUAL = { plan: PLAN, rateLimits: { rpm: 60, tpm: 3333 }, balance: 5, name: 'prod-key', status: 'ok' };
const budgetAlone = { plan: undefined, rateLimits: undefined, balance: undefined, name: undefined };

const KEYS: Readonly<Record<string, Told>> = {
  ok: { budget: BUDGET, figure: '$8.77' },
  'budget-low': { budget: { ...BUDGET, spent: 9.5 }, status: 'low', figure: '$0.50' },
  'budget-spent': { budget: { ...BUDGET, spent: 10 }, status: 'exhausted', figure: '$0.00' },
  'budget-overspent': { budget: { ...BUDGET, spent: 10.2 }, status: 'exhausted', figure: '-$0.20' },
  'budget-unlimited': { budget: { ...BUDGET, limit: null }, figure: '∞ · used $1.23' },
  'budget-5h': { budget: { ...BUDGET, every: '5h' }, figure: '$8.77' },
  'budget-8h': { budget: { ...BUDGET, every: '8h' }, figure: '$8.77' },
  'budget-duration-unknown': { budget: { ...BUDGET, every: 'fortnight' }, figure: '$8.77' },
  'plan-pro': {
    budget: { ...BUDGET, limit: 40 },
    plan: { ...PLAN, name: 'pro' },
    rateLimits: { rpm: 200, tpm: 13_333 },
    figure: '$38.77',
  },
  'plan-unknown': { budget: BUDGET, plan: { ...PLAN, name: 'galaxy', status: 'paused' }, figure: '$8.77' },
  'plan-expired': {
    budget: BUDGET,
    plan: { ...PLAN, status: 'expired', expiresAt: '2026-02-15T10:00:00.000Z' },
    status: 'expired',
    figure: '$8.77',
  },
  pool: { budget: FREE, plan: { name: 'pool' }, figure: '∞ · used $1.23' },
  credit: { budget: FREE, plan: undefined, figure: '$5.00' },
  'credit-empty': { budget: FREE, plan: undefined, balance: 0, status: 'exhausted', figure: '$0.00' },
  // Without a budget it is the wallet that runs out; plan and credits are told all the same.
  'budget-null': { budget: undefined, figure: '$5.00' },
  'budget-absent': { budget: undefined, figure: '$5.00' },
  // A plan pays without credits, so that none left is not the end.
  'budget-null-no-credits': { budget: undefined, balance: 0, figure: undefined },
  'limit-minus-1': { budget: { ...BUDGET, limit: null }, figure: '∞ · used $1.23' },
  'members-null': { budget: BUDGET, ...budgetAlone, figure: '$8.77' },
  'members-absent': { budget: BUDGET, ...budgetAlone, figure: '$8.77' },
  strings: { budget: BUDGET, figure: '$8.77' },
  'success-envelope': {
    budget: { spent: 1.23, limit: 10, every: '30d' },
    ...budgetAlone,
    balance: 5,
    figure: '$8.77',
  },
  // Only a limit that is told to be null is none.
  'limit-absent': { budget: undefined, unreadable: ['budget'], figure: '$5.00' },
  'spent-null': { budget: undefined, unreadable: ['budget'], figure: '$5.00' },
  // A number of nines is neither a budget nor spend: it stands for no limit.
  'limit-999999999': { budget: { spent: 1.23, limit: null, every: '30d' }, figure: '∞ · used $1.23' },
  'spent-999999999': { budget: undefined, unreadable: ['budget'], figure: '$5.00' },
  'budget-word': { budget: undefined, unreadable: ['budget'], figure: '$5.00' },
  'plan-and-balance-odd': {
    budget: BUDGET,
    plan: undefined,
    balance: undefined,
    unreadable: ['plan', 'balance'],
    figure: '$8.77',
  },
  'dates-wrong': {
    budget: { spent: 1.23, limit: 10, every: '30d' },
    plan: { name: 'standard', status: 'active' },
    figure: '$8.77',
  },
};

/** Why there is no new reading, what that makes of the key, and a word of the sentence. */
const REFUSED: Readonly<Record<string, readonly [string, Status, RegExp]>> = {
  'nothing-readable': ['missing-figures', 'ok', /without the figures/],
  'false-200': [
    'unknown-refusal',
    'ok',
    /Retrying automatically\. The gateway says: “Usage store is being rebuilt”$/,
  ],
  'said-200': [
    'unknown-refusal',
    'ok',
    /Retrying automatically\. The gateway says: “Scheduled maintenance”$/,
  ],
  'coded-200': ['unknown-refusal', 'ok', /Retrying automatically\. The gateway says: “try later”$/],
  deactivated: ['key-disabled', 'disabled', /disabled at .*Enable it there/],
  'not-found-404': ['unknown-key', 'invalid', /does not know the key “Mine”.*Replace Secret/],
  'limited-429': ['too-many-requests', 'ok', /is limiting requests/],
  'unavailable-502': ['server-error', 'ok', /HTTP 502.*Retrying automatically/],
  'html-200': ['html', 'ok', /a web page instead of figures/],
  'nginx-504-html': ['server-error', 'ok', /Retrying automatically/],
};

describe('a key at CheapestInference, /v1/usage', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, told] of Object.entries(KEYS)) {
    it(`${name}: ${told.figure}, ${told.status ?? 'ok'}`, async () => {
      setup = await TestSetup.open({ kind: 'cheapestInference' });
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(name)));
      const { budget, plan, rateLimits, account, name: label, unreadable } = state.reading ?? assert.fail();
      const found = {
        budget,
        plan,
        rateLimits,
        balance: account?.balance,
        name: label,
        unreadable,
        status: state.status,
      };
      const { figure, ...expected } = { ...USUAL, ...told };
      assert.deepEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify(expected)));
      assert.equal(figureText(state), figure);
      assert.deepEqual(state.reading?.unit, { code: 'USD', source: 'gateway' });
    });
  }

  for (const [name, [reason, status, says]] of Object.entries(REFUSED)) {
    it(`${name}: keeps the last good figure and says ${reason}`, async () => {
      setup = await TestSetup.open({ kind: 'cheapestInference' });
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
      await setup.testWindow.refreshKey(id);
      setup.gateway.setScenario('ok', name);
      assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
      let state = await setup.testWindow.refreshKey(id);
      if (status !== 'ok') {
        assert.deepEqual([state.failure?.class, state.status], ['transient', 'ok'], 'it does not count yet');
        setup.clock.jump(10 * MINUTE);
        state = await setup.testWindow.refreshKey(id);
      }
      assert.equal(state.status, status);
      assert.match(state.failure?.message ?? '', says);
      assert.equal(figureText(state), '$8.77');
    });
  }

  it('what cannot be read of it is said beside what can', async () => {
    setup = await TestSetup.open({ kind: 'cheapestInference' });
    const now = setup.clock.now();
    const shown = async (name: string) => {
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(name)));
      const facts = keyFacts(state, now).map(({ label, value }) => `${label}: ${value}`);
      return [
        noticeText(state, now),
        spokenText(state, now),
        tooltipMarkdown([state], now),
        facts.join('\n'),
      ];
    };
    const [notice, spoken, tooltip, facts] = await shown('budget-word');
    assert.match(notice ?? '', /budget unreadable/);
    assert.match(spoken ?? '', /budget unreadable/);
    assert.match(tooltip ?? '', /5\.00&nbsp;left.*budget&nbsp;unreadable/);
    assert.match(facts ?? '', /^Budget: could not be read$/m);
    const [, , , others] = await shown('plan-and-balance-odd');
    assert.match(others ?? '', /^Plan: could not be read$/m);
    assert.match(others ?? '', /^Account balance: could not be read$/m);
    const [whole] = await shown('ok');
    assert.doesNotMatch(String(whole), /unreadable/);
  });

  it('a wrong key is refused', async () => {
    setup = await TestSetup.open({ kind: 'cheapestInference' });
    const { class: failure, words } = await setup.failure(setup.key('ok', { secret: 'sk_live_wrong' }));
    assert.deepEqual([failure, words], ['bad-key', 'Invalid API key']);
  });
});
