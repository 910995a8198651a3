import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { keyFacts } from '../../../../src/vscode/tree/keyFacts.ts';
import { factNodes } from '../../../../src/vscode/tree/treeNode.ts';
import { at, DAY, HOUR, keySpend, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const nodes = (state: Partial<KeyState>) => factNodes('id-1', keyFacts(keyState(state), NOW));
/** The lines of a key, each as `label: value`. */
const lines = (state: Partial<KeyState>) => nodes(state).map(({ spoken }) => spoken);
/** Lines of a reading beside those that every key has. */
const read = (more: Partial<Reading>) =>
  lines({ reading: reading(more) }).filter(line => !/^(?:Status|Last check|Next check)/.test(line));
const node = (state: Partial<KeyState>, label: string) => nodes(state).find(each => each.label === label);

describe('the lines of a key', () => {
  useTimeZone('UTC');

  it('are its status, its last check and its next one, where nothing else is known', () => {
    assert.deepEqual(lines({ reading: undefined, status: 'unknown' }), [
      'Status: no figures yet',
      'Last check: 12:00 PM',
      'Next check: 12:05 PM',
    ]);
    assert.deepEqual(lines({ reading: undefined, status: 'unknown', checkedAt: undefined }), [
      'Status: no figures yet',
      'Next check: 12:05 PM',
    ]);
  });

  it('are copied by their value, or as they are where that is all', () => {
    const failure = { class: 'transient', message: 'It did not answer.' };
    const readFrom = { id: 'account', label: 'team' };
    const copied = nodes({ failure, readFrom }).map(({ label, description, spoken, copyText }) => ({
      ...{ label, description, spoken, copyText },
    }));
    const words = (text: string) => ({ label: text, description: '', spoken: text, copyText: text });
    assert.deepEqual(copied.at(0), words('It did not answer.'));
    assert.deepEqual(copied.at(-1), words('Read from “team”'));
    assert.deepEqual(
      copied.find(({ label }) => label === 'Remaining'),
      {
        ...{ label: 'Remaining', description: '$15.00' },
        ...{ spoken: 'Remaining on this key: $15.00', copyText: '$15.00' },
      },
    );
  });

  it('have names that leave room for their figures in a narrow view', () => {
    const account = { name: 'sam', balance: 1, used: 2, requests: 3 };
    const state = { reading: reading({ account, quota: quota(5), accountKeys: [] }), spend: keySpend() };
    const shown = nodes(state).map(({ label }) => label);
    assert.deepEqual(
      ['Remaining', 'Balance', 'Spent', 'Requests', '7 days', 'This month', 'Keys'].filter(
        label => !shown.includes(label),
      ),
      [],
    );
  });

  it('say of when the figures are where the last check brought none', () => {
    const failure = { class: 'transient', message: 'It did not answer.' };
    const old = reading({ takenAt: at(-HOUR) });
    assert.ok(lines({ failure, reading: old }).includes('Updated: 11:00 AM'));
    assert.ok(lines({ failure, reading: old, status: 'stale' }).includes('Updated: 60 minutes ago'));
    assert.ok(!lines({ reading: old }).some(line => line.startsWith('Updated')));
    assert.ok(!lines({ failure, reading: undefined }).some(line => line.startsWith('Updated')));
  });

  it('say that the clocks differ, by how much and in which direction', () => {
    const ahead =
      'This computer’s clock is 60 minutes ahead of the gateway’s. Expiry and reset times follow the gateway’s.';
    const behind = ahead.replace('ahead of', 'behind');
    const [first] = nodes({ reading: reading({ clockAheadMs: HOUR }) });
    assert.deepEqual([first?.label, first?.description, first?.tooltip], [ahead, '', ahead]);
    assert.equal(lines({ reading: reading({ clockAheadMs: -HOUR }) })[0], behind);
  });

  it('say that the figure may be the account’s where the gateway does not say whose it is', () => {
    const state = { reading: reading({ quota: quota(5), isAccountPossible: true as const }) };
    const line = node(state, 'Remaining on this key or in its account');
    assert.equal(line?.description, '$5.00');
    assert.match(line?.tooltip ?? '', /For keys without a limit, this gateway reports the account’s figures/);
    assert.equal(
      node({ reading: reading({ quota: quota(5) }) }, 'Remaining')?.tooltip,
      'Remaining on this key: $5.00',
    );
  });

  it('round what is left and granted down, and what was used up', () => {
    const third = { unlimited: false, granted: 1.0000019, used: 0.1234561, remaining: 0.8765459 };
    assert.deepEqual(read({ quota: third }), [
      'Remaining on this key: $0.876545',
      'Used: $0.123457',
      'Total limit: $1.000001',
    ]);
    assert.deepEqual(read({ quota: { unlimited: false, used: 0 } }), ['Used: $0.00']);
  });

  const BUDGETS: readonly [what: string, more: Partial<Reading>, shown: readonly string[]][] = [
    [
      'what is left of it, and when it is reset',
      { budget: { spent: 0.1, limit: 0.3, resetsAt: at(DAY), every: '5h' } },
      ['Budget for 5h: $0.20 of $0.30 left', 'Budget resets: in 24 hours (Jun 16, 2026, 12:00 PM)'],
    ],
    [
      'what was spent where it has no cap',
      { budget: { spent: 3, limit: null } },
      ['Budget: no cap, $3.00 spent'],
    ],
    [
      'that nothing is known since it was reset',
      { budget: { limit: 10, resetsAt: at(-HOUR) } },
      ['Budget: unknown since the reset', 'Budget was reset: 60 minutes ago (Jun 15, 2026, 11:00 AM)'],
    ],
    [
      'its reset by this computer’s clock',
      { budget: { spent: 1, limit: 10, resetsAt: at(-HOUR) }, clockAheadMs: 2 * HOUR },
      ['Budget: $9.00 of $10.00 left', 'Budget resets: in 60 minutes (Jun 15, 2026, 11:00 AM)'],
    ],
    ['that it could not be read', { unreadable: ['budget'] }, ['Budget: could not be read']],
    ['nothing of what another part of it is', { unreadable: ['plan'] }, ['Plan: could not be read']],
  ];
  for (const [what, more, shown] of BUDGETS) {
    it(`say of a budget ${what}`, () => {
      const told = read(more).filter(line => !line.startsWith('This computer’s clock'));
      assert.deepEqual(told, shown);
    });
  }

  it('say what an account has and spent, 0 as well, and that its balance could not be read', () => {
    assert.deepEqual(read({ account: { name: 'sam', balance: 0, used: 1.0000001, requests: 1200 } }), [
      'Account: sam',
      'Account balance: $0.00',
      'Total account spend: $1.000001',
      'Total account requests: 1,200',
    ]);
    assert.deepEqual(read({ account: { requests: 0 }, unreadable: ['balance'] }), [
      'Account balance: could not be read',
      'Total account requests: 0',
    ]);
  });

  it('name the plan, with what the gateway says of it', () => {
    assert.deepEqual(read({ plan: { name: 'Pro', status: 'active' } }), ['Plan: Pro, active']);
    assert.deepEqual(read({ plan: { status: 'paused' } }), ['Plan: paused']);
    assert.deepEqual(read({ plan: {} }), []);
  });

  it('name the limits of requests and tokens that there are', () => {
    assert.deepEqual(read({ rateLimits: { rpm: 60, tpm: 90_000 } }), [
      'Rate limits: 60 requests a minute, 90,000 tokens a minute',
    ]);
    assert.deepEqual(read({ rateLimits: { rpm: 60 } }), ['Rate limits: 60 requests a minute']);
    assert.deepEqual(read({ rateLimits: { tpm: 5 } }), ['Rate limits: 5 tokens a minute']);
    assert.deepEqual(read({ rateLimits: {} }), []);
  });

  it('count the models that are kept and those that are not', () => {
    const line = node({ reading: reading({ models: ['o3', 'gpt'], modelsMore: 1500 }) }, 'Models');
    assert.equal(line?.description, '1,502 allowed');
    assert.equal(line?.isParent, true);
    assert.deepEqual(
      line?.children.map(({ label }) => label),
      ['o3', 'gpt', 'and 1,500 more'],
    );
    assert.equal(node({ reading: reading({ models: [] }) }, 'Models')?.isParent, false);
    assert.equal(node({ reading: reading({ models: null }) }, 'Models')?.isParent, false);
  });

  it('say how long the key lasts, unless it has ended', () => {
    const forecast = { lastsUntil: at(3 * DAY), perDay: 5, confidence: 'good' } as const;
    assert.match(lines({ forecast }).find(line => line.startsWith('Runs out')) ?? '', /at \$5\.00 a day/);
    assert.equal(
      lines({ forecast, status: 'expired' }).some(line => line.startsWith('Runs out')),
      false,
    );
  });

  it('tell no distance to an end of which only the gateway can say whether it has come', () => {
    const past = reading({ takenAt: at(-DAY), expiresAt: at(-HOUR) });
    const end = (state: Partial<KeyState>) => node({ reading: past, ...state }, 'Expires')?.description;
    assert.equal(end({ status: 'stale' }), 'Jun 15, 2026, 11:00 AM');
    assert.equal(end({ status: 'expired' }), '60 minutes ago (Jun 15, 2026, 11:00 AM)');
  });

  it('tell the end of the plan where that is before the key’s', () => {
    const ends = { expiresAt: at(9 * DAY), plan: { expiresAt: at(2 * DAY + MINUTE) } };
    assert.deepEqual(read(ends), ['Expires: in 2 days (Jun 17, 2026, 12:01 PM)']);
  });
});
