import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AccountKey, Reading } from '../../../../src/core/quota/reading.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { at, DAY, HOUR, keyState, NOW, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** The line “Keys of the account” of a reading. */
function listLine(more: Partial<Reading>): TreeNode | undefined {
  const [gateway] = treeNodes([keyState({ reading: reading(more) })], NOW);
  return gateway?.children[0]?.children.find(({ label }) => label === 'Keys');
}

/** The line of the only key of an account. */
function keyLine(key: Partial<AccountKey>, more: Partial<Reading> = {}): TreeNode {
  return listLine({ ...more, accountKeys: [{ name: 'alice', ...key }] })?.children[0] ?? assert.fail();
}

/** What stands below that line, each as `label: value`. */
const facts = (key: Partial<AccountKey>, more: Partial<Reading> = {}) =>
  keyLine(key, more).children.map(({ spoken }) => spoken);

describe('the keys of an account, in the tree', () => {
  useTimeZone('UTC');

  it('are counted, with a word where the list was not read to its end', () => {
    const keys = [{ name: 'alice' }, { name: 'bob' }];
    const list = (more: Partial<Reading>) => {
      const { description, tooltip } = listLine(more) ?? {};
      return [description, tooltip?.split('\n')];
    };
    const seen = 'Read with the account’s credential. Their secrets are not stored here.';
    const line = 'Keys of the account: ';
    assert.deepEqual(list({ accountKeys: keys }), ['2', [`${line}2`, seen]]);
    assert.deepEqual(list({ accountKeys: keys, accountKeysMissing: { total: 5 } }), [
      '2 of 5',
      [`${line}2 of 5`, `The gateway’s list could not be read completely. ${seen}`],
    ]);
    assert.deepEqual(list({ accountKeysMissing: {} }), ['could not be read', [`${line}could not be read`]]);
    assert.equal(listLine({}), undefined, 'of a key that is no account’s');
  });

  const FIGURES: readonly [Partial<AccountKey>, figure: string, status?: string][] = [
    [{ remaining: 12.4, used: 1 }, '$12.40 left'],
    [{ remaining: 0 }, '$0.00 left'],
    [{ unlimited: true }, '∞'],
    [{ unlimited: true, used: 1.501 }, '∞ · used $1.51'],
    [{ unlimited: true, used: 1.5, remaining: 3 }, '∞ · used $1.50'],
    [{}, ''],
    [
      {
        periods: [
          { period: '24h', requests: 7 },
          { period: '30d', requests: 1200 },
        ],
      },
      '1,200 requests in 30d',
    ],
    [{ periods: [{ period: '30d', requests: 1 }] }, '1 request in 30d'],
    [{ periods: [{ period: '30d', requests: 0 }] }, '0 requests in 30d'],
    [
      {
        periods: [
          { period: '24h', requests: 7 },
          { period: '30d', tokens: 5 },
        ],
      },
      '',
    ],
    [{ remaining: 2, status: 'expired' }, '$2.00 left', 'expired'],
    [{ status: 'exhausted', enabled: false }, '', 'used up'],
    [{ enabled: false }, '', 'disabled'],
    [{ remaining: 2, enabled: true }, '$2.00 left'],
  ];
  for (const [key, figure, status = ''] of FIGURES) {
    const told = [figure, status].filter(text => text !== '').join(' · ');
    it(`${JSON.stringify(key)} is shown as “${told}” with the figure before its name, and heard after it`, () => {
      const line = keyLine(key);
      assert.equal(line.label, figure === '' ? 'alice' : `${figure} · alice`);
      assert.equal(line.description, status);
      assert.equal(line.spoken, told === '' ? 'alice' : `alice: ${told}`);
      const isUsable = key.status === undefined && key.enabled !== false;
      assert.equal(line.icon, isUsable ? 'key' : 'circle-slash');
    });
  }

  it('without a name are called so, and copied so', () => {
    const { label, copyText } = keyLine({ name: '' });
    assert.deepEqual([label, copyText], ['(no name)', '(no name)']);
  });

  it('can be refreshed alone where the gateway knows them by an id', () => {
    const { context, keyId, accountKeyId } = keyLine({ id: '3' });
    assert.deepEqual([context, keyId, accountKeyId], ['accountKey refreshable', 'id-1', '3']);
    const other = keyLine({});
    assert.deepEqual([other.context, other.keyId, other.accountKeyId], ['accountKey', undefined, undefined]);
  });

  it('say all that is known of them, what is left rounded down and what was used up', () => {
    const [left, used] = facts({ remaining: 1.23456789, used: 0.12345611 });
    assert.deepEqual([left, used], ['Remaining on this key: $1.234567', 'Used: $0.123457']);
    assert.deepEqual(facts({ unlimited: true, remaining: 5 }), ['Remaining on this key: unlimited']);
    assert.deepEqual(facts({ models: ['o3', 'gpt-4.1'] }), ['Models: o3, gpt-4.1']);
    assert.deepEqual(facts({ models: [] }), ['Models: none allowed']);
    assert.deepEqual(facts({ models: ['o3'], modelsMore: 1200 }), ['Models: o3 and 1,200 more']);
    assert.deepEqual(facts({ models: null }), []);
    assert.deepEqual(facts({ modelsMore: 3 }), [], 'of models that nobody names there are none to show');
    assert.deepEqual(facts({}), []);
  });

  it('end when their gateway says, by this computer’s clock', () => {
    const expiresAt = at(3 * DAY + HOUR);
    assert.deepEqual(facts({ expiresAt }), ['Expires: in 3 days (Jun 18, 2026, 1:00 PM)']);
    const slow = { clockAheadMs: -2 * HOUR };
    assert.deepEqual(facts({ expiresAt }, slow), ['Expires: in 2 days (Jun 18, 2026, 1:00 PM)']);
    assert.deepEqual(facts({ expiresAt: null }), ['Expires: never']);
  });

  it('say what they were used for lately, and never 0 for what was not told', () => {
    const periods = [
      { period: '1h', requests: 0, tokens: 0 },
      { period: '24h', requests: 1200, tokens: 5000 },
      { period: '7d', requests: 7 },
      { period: '30d', tokens: 9 },
      { period: '1y' },
    ];
    assert.deepEqual(facts({ periods }), [
      'Last 1h: 0 requests, 0 tokens',
      'Last 24h: 1,200 requests, 5,000 tokens',
      'Last 7d: 7 requests',
      'Last 30d: 9 tokens',
    ]);
  });
});
