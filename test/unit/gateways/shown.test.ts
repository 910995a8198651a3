import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import type { TreeNode } from '../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { TestSetup } from '../support/testSetup.ts';
import { QUERY, spend, TEAM } from './fixture.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

interface Shown {
  readonly opens: GatewayOptions;
  readonly draft: (setup: TestSetup) => KeyDraft;
  /** What the status bar leads with. */
  readonly figure?: string | undefined;
  /** Lines of the tree; what they do not name does not matter here. */
  readonly lines: Readonly<Record<string, string>>;
  /** Lines that must not be there. */
  readonly without?: readonly string[];
  /** Keys of the account, by name. */
  readonly keys?: Readonly<Record<string, string>>;
}

const LIST = { bob: '∞ · used $0.20 · bob', alice: '$1.85 left · alice' };
const WALLET = {
  'Account balance': '$9.65',
  'Total account spend': '$0.35',
  'Total account requests': '3',
};
const OWN_CAP = ['Remaining on this key', 'Total limit'];

/** A wallet and a key's own cap are worded apart; keys of an account are children. */
const CREDENTIALS: Readonly<Record<string, Shown>> = {
  'newApi, API key': {
    opens: {},
    draft: setup => setup.key('alice'),
    figure: '$1.85',
    lines: {
      'Remaining on this key': '$1.85',
      Used: '$0.65',
      'Total limit': '$2.50',
      Expires: 'never',
      Models: 'any',
    },
    without: ['Account balance', 'Plan', 'Budget', 'Keys of the account'],
  },
  'newApi, access token': {
    opens: {},
    draft: setup => setup.account('team'),
    figure: '$9.65',
    lines: { Account: 'team', ...WALLET, 'Keys of the account': '2' },
    without: OWN_CAP,
    keys: LIST,
  },
  'cometApi, query key': {
    opens: { kind: 'cometQuery', settings: { query: QUERY } },
    draft: setup => setup.key('alice'),
    figure: '$9.65',
    lines: { Account: 'team', ...WALLET, 'Keys of the account': '2' },
    without: OWN_CAP,
    keys: { alice: '$1.85 left · alice', bob: '∞ · bob' },
  },
  'cometApi, access token': {
    opens: { kind: 'cometApi' },
    draft: setup => setup.account('team'),
    figure: '2 keys',
    lines: { 'Keys of the account': '2' },
    without: [...OWN_CAP, 'Account balance'],
    keys: LIST,
  },
  'openRouter, API key': {
    opens: { kind: 'openRouter' },
    draft: setup => setup.key('alice'),
    figure: '$1.85',
    lines: { 'Remaining on this key': '$1.85', 'Total limit': '$2.50', Expires: 'never' },
    without: ['Account balance', 'Models'],
  },
  'openRouter, management key': {
    opens: { kind: 'openRouter' },
    draft: setup => setup.account('team'),
    figure: '$9.65',
    lines: { 'Account balance': '$9.65', 'Total account spend': '$0.35', 'Keys of the account': '2' },
    without: OWN_CAP,
    keys: LIST,
  },
  'liteLlm, API key': {
    opens: { kind: 'liteLlm' },
    draft: setup => setup.key('alice'),
    figure: '$1.85',
    lines: { 'Remaining on this key': '$1.85', 'Total limit': '$2.50', Expires: 'never' },
    without: ['Account balance'],
  },
  'sub2Api, API key': {
    opens: { kind: 'sub2Api' },
    draft: setup => setup.key('alice'),
    figure: '$1.85',
    lines: { 'Remaining on this key': '$1.85', 'Total limit': '$2.50' },
    without: ['Account balance', 'Models', 'Expires'],
  },
  'cheapestInference, API key': {
    opens: { kind: 'cheapestInference' },
    draft: setup => setup.key('alice'),
    figure: '$9.35',
    lines: {
      'Budget for 30d': '$9.35 of $10.00 left',
      'Account balance': '$9.65',
      Plan: 'standard, active',
      'Rate limits': '60 requests a minute, 3,333 tokens a minute',
    },
    without: OWN_CAP,
  },
  'cheapestInference, management key': {
    opens: { kind: 'cheapestInference' },
    draft: setup => setup.account('team'),
    figure: '2 keys',
    lines: { 'Keys of the account': '2' },
    keys: { alice: '2 requests in 30d · alice', bob: '1 request in 30d · bob' },
  },
  ...Object.fromEntries(
    SIMPLE_PROOFS.map(({ kind, credential = 'API key', shown }) => [
      `${kind}, ${credential}`,
      { opens: { kind }, draft: (setup: TestSetup) => setup.key('alice'), ...shown },
    ]),
  ),
};

describe('what the tree shows for each credential', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, { opens, draft, figure, lines, without, keys }] of Object.entries(CREDENTIALS)) {
    it(name, async () => {
      setup = await TestSetup.open({ ...opens, accounts: [TEAM] });
      spend(setup.gateway);
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(draft(setup)));
      assert.equal(figureText(state), figure);
      const facts = treeNodes([state], setup.clock.now())[0]?.children[0]?.children ?? [];
      const shown = wordsOf(facts);
      for (const [label, words] of Object.entries(lines)) assert.equal(shown[label], words, label);
      for (const label of without ?? []) assert.equal(shown[label], undefined, label);
      const children = facts.find(({ spoken }) => spoken.startsWith('Keys of the account: '))?.children ?? [];
      assert.deepEqual(
        Object.fromEntries(children.map(({ copyText = '', label }) => [copyText, label])),
        keys ?? {},
      );
      for (const child of children) assert.match(child.tooltip ?? '', /Its secret is not stored here/);
    });
  }

  it('says when a budget is reset', async () => {
    setup = await TestSetup.open({ kind: 'cheapestInference', accounts: [TEAM] });
    const state = await setup.testWindow.refreshKey(
      await setup.testWindow.keyService.add(setup.key('alice')),
    );
    const facts = wordsOf(treeNodes([state], setup.clock.now())[0]?.children[0]?.children ?? []);
    assert.match(facts['Budget resets'] ?? '', /Feb 1[456], 2100/);
  });
});

/** By their whole names, which a line may have shorter. */
function wordsOf(nodes: readonly TreeNode[]): Record<string, string | undefined> {
  return Object.fromEntries(
    nodes.map(({ spoken, description = '' }) => [
      description === '' ? spoken : spoken.slice(0, -`: ${description}`.length),
      description,
    ]),
  );
}
