import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { SpendingPeriod } from '../../../../src/core/spendingLimits/period.ts';
import type { SpendingProgress } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { dateTimeText } from '../../../../src/text/time.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { at, DAY, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

/** The line of the only key, and the lines below it by name. */
function keyLine(state: KeyState): { line: TreeNode; facts: Map<string, TreeNode> } {
  const line = treeNodes([state], NOW)[0]?.children[0];
  assert.ok(line);
  return { line, facts: new Map(line.children.map(fact => [fact.id.split(':').slice(2).join(':'), fact])) };
}

function allIds(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap(node => [node.id, ...allIds(node.children)]);
}

describe('the tree', () => {
  it('tells what a key spent, line by line', () => {
    const spend = {
      today: 1.5,
      week: 2,
      calendarWeek: 2,
      month: 3,
      since: at(-3 * DAY),
      complete: false,
      days: [],
    };
    const { facts } = keyLine(keyState({ spend }));
    assert.deepEqual(
      ['spentToday', 'spentWeek', 'spentMonth'].map(name => facts.get(name)?.description),
      ['$1.50', '≥ $2.00', '≥ $3.00'],
    );
    // A narrow view cuts the line itself.
    const tooltip = facts.get('spentWeek')?.tooltip ?? '';
    assert.match(tooltip, /^Spent in 7 days: ≥ \$2\.00\nspend fully known since Jun 12, 2026/);
    assert.equal(facts.get('status')?.tooltip, 'Status: ok');
    assert.equal(keyLine(keyState()).facts.has('spentToday'), false);
  });

  it('counts the keys of a server, and not the server itself', () => {
    const server = keyState({ id: 's', kind: 'teamServer', credential: 'accessToken' });
    const served = keyState({ id: 's~k', kind: 'teamServer', via: 'Team' });
    const line = (...keys: readonly KeyState[]) => treeNodes(keys, NOW)[0]?.description;
    assert.equal(line(server, served), '1 key · Key Quota server');
    // Nobody has said that it has none.
    assert.equal(line(server), 'Key Quota server');
  });

  it('tells how much of each spending limit is spent, the tightest beside the figure', () => {
    const progress = (period: SpendingPeriod, limit: number, spent?: number): SpendingProgress => ({
      ...{ period, limit, unit: { code: 'USD' }, resetsAt: at(DAY), complete: true },
      ...(spent !== undefined && { spent }),
    });
    const limited = keyState({
      spendingLimits: [progress('day', 5, 3.2), progress('week', 20, 16), progress('month', 100)],
    });
    const { line, facts } = keyLine(limited);
    const { line: plain } = keyLine(keyState());
    assert.equal(plain.description, '');
    assert.equal(line.description, '$16.00 of $20.00 this week');
    assert.equal(line.spoken, `${plain.spoken}, $16.00 of $20.00 this week`);
    const fact = facts.get('limit:day');
    assert.deepEqual([fact?.label, fact?.description], ['Limit', '$3.20 of $5.00 today']);
    const resets = `Your limit resets ${dateTimeText(at(DAY))}.`;
    assert.equal(fact?.tooltip, `Spending limit: $3.20 of $5.00 today\n${resets}`);
    assert.equal(facts.get('limit:month')?.description, '– of $100.00 this month');
  });

  it('says what is wrong with a key before its limit, which a narrow view cuts off', () => {
    const limit: SpendingProgress = {
      ...{ period: 'day', limit: 5, unit: { code: 'USD' }, spent: 1, resetsAt: at(DAY), complete: true },
    };
    const low = keyState({ status: 'low' });
    const { line } = keyLine({ ...low, spendingLimits: [limit] });
    assert.equal(keyLine(low).line.description, 'low · gw.example');
    assert.equal(line.description, 'low · gw.example · $1.00 of $5.00 today');
  });

  it('has no limit beside the figure where nothing is known of its spend', () => {
    const unknown = {
      period: 'day',
      limit: 5,
      unit: { code: 'USD' },
      resetsAt: at(DAY),
      complete: false,
    } as const;
    const { line } = keyLine(keyState({ spendingLimits: [unknown] }));
    assert.equal(line.description, keyLine(keyState()).line.description);
  });

  it('is empty without keys', () => assert.deepEqual(treeNodes([], NOW), []));

  it('has a line for each gateway, named by host and kind, in the order of their first keys', () => {
    const roots = treeNodes(
      [
        keyState({ id: '1', origin: 'https://gw.example:8443' }),
        keyState({ id: '2', origin: 'https://api.cometapi.com', kind: 'cometApi' }),
        keyState({ id: '3', origin: 'https://gw.example:8443' }),
        keyState({ id: '4', origin: 'https://odd.example', kind: 'fromTheFuture' }),
      ],
      NOW,
    );
    assert.deepEqual(
      roots.map(({ label, description, spoken, context }) => [label, description, spoken, context]),
      [
        ['gw.example:8443', '2 keys · New API', 'gw.example:8443, 2 keys, New API', 'gateway'],
        ['api.cometapi.com', '1 key · CometAPI', 'api.cometapi.com, 1 key, CometAPI', 'gateway'],
        ['odd.example', '1 key · fromTheFuture', 'odd.example, 1 key, fromTheFuture', 'gateway'],
      ],
    );
    assert.ok(roots.every(root => root.expanded && root.children.length > 0));
  });

  it('names a gateway as it calls itself, with its host beside that', () => {
    const named = reading({ gatewayName: 'Relay One' });
    const [root] = treeNodes([keyState({ id: '1' }), keyState({ id: '2', reading: named })], NOW);
    const { label, description, spoken, tooltip, icon } = root ?? {};
    assert.deepEqual(
      [label, description, spoken, tooltip, icon],
      [
        'Relay One',
        '2 keys · gw.example · New API',
        'Relay One, 2 keys, gw.example, New API',
        'Relay One, 2 keys, gw.example, New API\nhttps://gw.example',
        'server-environment',
      ],
    );
  });

  it('warns of a gateway to which keys go unencrypted', () => {
    const [root] = treeNodes([keyState({ origin: 'http://gateway.lan' })], NOW);
    assert.deepEqual([root?.description, root?.icon], ['1 key · not encrypted · New API', 'unlock']);
    assert.match(root?.tooltip ?? '', /^http:\/\/gateway\.lan: .*expose the key to everyone along the way/);
  });

  it('says that others ask from the same address, and how far apart checks are therefore', () => {
    const { facts } = keyLine(keyState({ sharedAddress: { everyMinutes: 160 } }));
    const { label, description, spoken } = facts.get('shared') ?? {};
    assert.deepEqual(
      [label, description, spoken],
      ['Others use your address', 'checked every 160 min', 'Others use your address: checked every 160 min'],
    );
    assert.equal(keyLine(keyState({})).facts.has('shared'), false);
  });

  it('says which way a key’s figures came, where there is more than one', () => {
    const source = (from?: 'key' | 'billing' | 'account') =>
      keyLine(keyState({ reading: reading({ source: from }) })).facts.get('source')?.description;
    assert.equal(source('billing'), 'billing endpoint');
    assert.equal(source('account'), 'billing endpoint, which reports the account’s figures');
    assert.equal(source(), undefined);
  });

  it('says which account a key is read from', () => {
    const { line, facts } = keyLine(keyState({ readFrom: { id: 'account', label: 'team' } }));
    assert.equal(facts.get('readFrom')?.label, 'Read from “team”');
    assert.match(line.context, /\breadFromAccount\b/);
    const other = keyLine(keyState({}));
    assert.equal(other.facts.has('readFrom'), false);
    assert.doesNotMatch(other.line.context, /readFromAccount|separated/);
    const separated = keyLine(keyState({ separatedFrom: { id: 'account', label: 'team' } }));
    assert.match(separated.line.context, /\bseparated\b/);
  });

  it('says of a gateway how many of its keys are how, the worst first, also of those in the group', () => {
    const soon = reading({ quota: quota(15, 20), expiresAt: at(3 * DAY) });
    const states: Partial<KeyState>[] = [
      { status: 'low' },
      { status: 'unknown', reading: undefined, failure: { class: 'transient', message: '' } },
      { status: 'exhausted' },
      { status: 'low' },
      {},
      { failure: { class: 'paused', message: '' } },
      { reading: soon },
      { status: 'expired' },
      { status: 'invalid' },
      { status: 'disabled' },
      { status: 'stale' },
    ];
    const gateway = treeNodes(
      states.map((state, id) => keyState({ id: `${id}`, ...state })),
      NOW,
    )[1];
    assert.equal(
      gateway?.description,
      '11 keys · 1 used up · 1 expired · 1 not accepted · 1 disabled · 2 low · 1 expiring · 1 out of date · ' +
        '1 without figures · 1 paused · New API',
    );
  });

  it('keeps the order of the snapshot, whatever the figures are', () => {
    const shares = [20, 1, 10, 15];
    const keys = shares.map((left, id) =>
      keyState({ id: `${id}`, reading: reading({ quota: quota(left, 20) }) }),
    );
    const [gateway] = treeNodes(keys, NOW);
    assert.deepEqual(
      gateway?.children.map(({ keyId }) => keyId),
      ['0', '1', '2', '3'],
    );
  });
});

describe('the group of keys that need attention', () => {
  const other = { origin: 'https://other.example' };
  const outline = (keys: readonly KeyState[]) =>
    treeNodes(keys, NOW).map(({ id, children }) => [id, ...children.map(({ keyId }) => keyId)]);
  const [GW, OTHER] = ['gateway:https://gw.example', 'gateway:https://other.example'];

  it('stands on top, with its keys there alone, in the order of the snapshot', () => {
    const keys = [
      keyState({ id: '1', status: 'low' }),
      keyState({ id: '2' }),
      keyState({ id: '3', ...other, status: 'exhausted' }),
      keyState({ id: '4', ...other }),
    ];
    assert.deepEqual(outline(keys), [
      ['attention', '1', '3'],
      [GW, '2'],
      [OTHER, '4'],
    ]);
  });

  it('has no key that was just added, of which nothing is known yet', () => {
    const added = keyState({ status: 'unknown', reading: undefined });
    assert.deepEqual(outline([added]), [[GW, 'id-1']]);
    const failed = { ...added, failure: { class: 'transient', message: 'It did not answer.' } };
    assert.deepEqual(outline([failed])[0], ['attention', 'id-1']);
  });

  it('is not there while all is well, or checks are paused by a person', () => {
    const paused = keyState({ id: '2', status: 'low', failure: { class: 'paused', message: '' } });
    assert.deepEqual(outline([keyState({ id: '1' }), paused]), [[GW, '1', '2']]);
  });

  it('leaves the line of a gateway where it is, though no key is below it', () => {
    const keys = [keyState({ id: '1', status: 'low' }), keyState({ id: '2', ...other })];
    assert.deepEqual(outline(keys), [['attention', '1'], ['emptyGateway:https://gw.example'], [OTHER, '2']]);
    assert.deepEqual(
      treeNodes(keys, NOW).map(({ isParent }) => isParent),
      [true, false, true],
    );
  });

  it('says how many keys it has, and of each at which gateway it is', () => {
    const named = reading({ gatewayName: 'Relay One' });
    const [group] = treeNodes(
      [keyState({ status: 'low', reading: named }), keyState({ id: '2', ...other, status: 'low' })],
      NOW,
    );
    const { label, description, spoken, context } = group ?? {};
    assert.deepEqual(
      [label, description, spoken, context],
      ['Needs attention', '2 keys', 'Needs attention, 2 keys', 'attention'],
    );
    const [first, second] = group?.children ?? [];
    assert.deepEqual([first?.description, second?.description], ['low · Relay One', 'low · other.example']);
    assert.match(first?.spoken ?? '', /^Team, low, .*, Relay One$/);
    assert.equal(treeNodes([keyState({ status: 'low' })], NOW)[0]?.description, '1 key');
  });

  it('has exactly the keys whose lines are not green', () => {
    const soon = reading({ quota: quota(15, 20), expiresAt: at(3 * DAY) });
    const states: Partial<KeyState>[] = [
      ...(['ok', 'low', 'exhausted', 'expired', 'disabled', 'invalid', 'stale', 'unknown'] as const).map(
        status => ({ status, ...(status === 'unknown' && { failure: { class: 'transient', message: '' } }) }),
      ),
      { reading: soon },
    ];
    const nodes = treeNodes(
      states.map((state, id) => keyState({ id: `${id}`, ...state })),
      NOW,
    );
    const colors = (node?: TreeNode) => node?.children.map(({ color }) => color === 'charts.green');
    assert.deepEqual(
      colors(nodes[0]),
      Array.from({ length: 8 }, () => false),
    );
    assert.deepEqual(colors(nodes[1]), [true]);
  });
});

describe('the line of a key', () => {
  it('says that the keys of an account could not be read, beside its balance', () => {
    const unread = reading({ account: { balance: 9.9 }, accountKeysMissing: {} });
    const { line, facts } = keyLine(keyState({ credential: 'accessToken', reading: unread }));
    assert.deepEqual([line.label, line.description], ['$9.90 · Team', 'key list unreadable']);
    assert.match(line.spoken, /key list unreadable/);
    assert.equal(facts.get('accountKeys')?.description, 'could not be read');
    assert.deepEqual(facts.get('accountKeys')?.children, []);
  });

  it('shows figure and notice, icon and color', () => {
    const { line } = keyLine(keyState({ status: 'low' }));
    assert.equal(line.label, '$15.00 · Team');
    assert.equal(line.description, 'low · gw.example');
    assert.equal(line.icon, 'warning');
    assert.equal(line.color, 'list.warningForeground');
    assert.equal(line.keyId, 'id-1');
  });

  it('has no empty figure', () => {
    const { label, description } = keyLine(keyState({ status: 'invalid', reading: undefined })).line;
    assert.deepEqual([label, description], ['Team', 'not accepted · gw.example']);
  });

  it('isolates a name that is written from right to left, so that the figure stays before it', () => {
    const name = 'מפתח';
    assert.equal(keyLine(keyState({ label: name })).line.label, `$15.00 · \u2068${name}\u2069`);
  });

  it('shows that a key is pinned: by a word, and by its icon where that says nothing else', () => {
    const look = (state: Partial<KeyState>) => {
      const { icon, color, description } = keyLine(keyState({ pinned: true, ...state })).line;
      return [icon, color, description];
    };
    assert.deepEqual(look({}), ['pinned', 'charts.green', 'pinned']);
    assert.deepEqual(look({ status: 'low' }), [
      'warning',
      'list.warningForeground',
      'low · gw.example · pinned',
    ]);
    assert.match(keyLine(keyState({ pinned: true })).line.spoken, /, pinned$/);
  });

  it('is spoken with its status as a word', () => {
    const { spoken } = keyLine(keyState({ status: 'exhausted', label: 'CI' })).line;
    assert.match(spoken, /^CI, used up, \$15\.00 of \$20\.00 \(75%\) left, updated \d.*, gw\.example$/);
    const unlimited = reading({ quota: { unlimited: true, used: 3 } });
    assert.match(
      keyLine(keyState({ reading: unlimited })).line.spoken,
      /^Team, ok, ∞ · used \$3\.00, updated/,
    );
    const inner = [{ id: '1', name: 'inner', unlimited: true }];
    assert.match(
      keyLine(keyState({ reading: reading({ accountKeys: inner }) })).line.spoken,
      /^Team, ok, 1 key, updated/,
      'nobody says that a key is left',
    );
    assert.equal(
      keyLine(keyState({ reading: undefined, status: 'unknown' })).line.spoken,
      'Team, no figures yet',
    );
  });

  it('says in its context what the menus may offer', () => {
    const words = (state: Partial<KeyState>) => keyLine(keyState(state)).line.context.split(' ');
    assert.deepEqual(words({}).slice(0, 2), ['key', 'unpinned']);
    assert.deepEqual(words({ pinned: true }).slice(0, 2), ['key', 'pinned']);
    assert.ok(!words({}).includes('withModels'));
    assert.ok(words({ reading: reading({ models: ['a'] }) }).includes('withModels'));
    assert.ok(!words({ reading: reading({ models: null }) }).includes('withModels'));
    const offered = (kind: string, credential: KeyState['credential']) =>
      words({ kind, credential }).filter(word => word.startsWith('can-'));
    assert.deepEqual(offered('newApi', 'apiKey'), ['can-testCall']);
    assert.deepEqual(offered('newApi', 'accessToken'), ['can-verify', 'can-logs', 'can-keyList']);
    assert.deepEqual(offered('cometApi', 'queryKey'), ['can-verify', 'can-keyList']);
    assert.ok(offered('cheapestInference', 'managementKey').includes('can-plans'));
    assert.deepEqual(offered('fromTheFuture', 'accessToken'), []);
  });

  it('shows by icon and color that a key which is ok ends within days', () => {
    const ends = reading({ quota: quota(15, 20), expiresAt: at(3 * DAY) });
    const look = (state: Partial<KeyState>) => {
      const { icon, color } = keyLine(keyState(state)).line;
      return [icon, color];
    };
    assert.deepEqual(look({ reading: ends }), ['watch', 'list.warningForeground']);
    assert.deepEqual(look({ reading: ends, status: 'low' }), ['warning', 'list.warningForeground']);
    assert.deepEqual(look({}), ['key', 'charts.green']);
    assert.deepEqual(look({ status: 'unknown' }), ['question', undefined]);
  });
});

describe('the facts of a key', () => {
  const value = (state: Partial<KeyState>, name: string) =>
    keyLine(keyState(state)).facts.get(name)?.description;

  it('give every digit', () => {
    const exact = { quota: { unlimited: false, granted: 2, used: 0.4948, remaining: 1.5052 } };
    assert.equal(value({ reading: reading(exact) }, 'remaining'), '$1.5052');
    assert.equal(value({ reading: reading(exact) }, 'used'), '$0.4948');
    assert.equal(value({ reading: reading(exact) }, 'granted'), '$2.00');
  });

  it('an unlimited key has no granted figure', () => {
    const unlimited = { reading: reading({ quota: { unlimited: true, granted: 0, used: 1.5 } }) };
    assert.equal(value(unlimited, 'remaining'), 'unlimited');
    assert.equal(value(unlimited, 'used'), '$1.50');
    assert.equal(value(unlimited, 'granted'), undefined);
  });

  it('the end is a date and a distance, never, or left out', () => {
    assert.match(
      value({ reading: reading({ expiresAt: at(3 * DAY) }) }, 'expiry') ?? '',
      /^in 3 days \(.*2026/,
    );
    assert.equal(value({ reading: reading({ expiresAt: null }) }, 'expiry'), 'never');
    assert.equal(value({ reading: reading({}) }, 'expiry'), undefined);
  });

  it('models are counted, and expand to names that can be copied', () => {
    assert.equal(value({ reading: reading({ models: null }) }, 'models'), 'any');
    assert.equal(value({ reading: reading({ models: [] }) }, 'models'), 'none allowed');
    assert.equal(value({ reading: reading({}) }, 'models'), undefined);
    const { facts } = keyLine(keyState({ reading: reading({ models: ['gpt-4.1', 'o3'] }) }));
    assert.equal(facts.get('models')?.description, '2 allowed');
    assert.deepEqual(
      facts.get('models')?.children.map(({ label, copyText, context }) => [label, copyText, context]),
      [
        ['gpt-4.1', 'gpt-4.1', 'model'],
        ['o3', 'o3', 'model'],
      ],
    );
  });

  it('a unit is named where it is not the word of the gateway', () => {
    const unit = (code: 'USD' | 'UNITS', source: 'gateway' | 'default' | 'setting') =>
      value({ reading: reading({ quota: quota(1), unit: { code, source } }) }, 'unit');
    assert.equal(unit('USD', 'gateway'), undefined);
    assert.equal(unit('USD', 'setting'), 'USD, by your setting');
    assert.equal(unit('USD', 'default'), 'USD assumed: the gateway does not say');
    assert.equal(unit('UNITS', 'default'), 'the gateway’s own quota units');
    const server = { kind: 'teamServer', reading: reading({ unit: { code: 'UNITS', source: 'default' } }) };
    assert.equal(value(server, 'unit'), undefined, 'a server has no amounts of its own');
  });

  it('a failure comes first, whole, and can be copied', () => {
    const failure = { class: 'transient', message: 'It did not answer.' };
    const first = keyLine(keyState({ failure })).line.children[0];
    assert.equal(first?.label, 'It did not answer.');
    assert.equal(first?.copyText, 'It did not answer.');
  });

  it('a paused key says so', () => {
    assert.match(value({ nextCheckAt: undefined }, 'next') ?? '', /^paused until the key changes/);
  });
});

describe('ids', () => {
  const before = keyState({ reading: reading({ quota: quota(15, 20), models: ['a', 'b'] }) });
  const after = keyState({
    label: 'Renamed',
    pinned: true,
    reading: reading({ takenAt: at(MINUTE), quota: quota(1, 20), models: ['a', 'b'] }),
    checkedAt: at(MINUTE),
    nextCheckAt: at(6 * MINUTE),
  });

  it('stay the same while figures change', () => {
    assert.deepEqual(allIds(treeNodes([after], NOW)), allIds(treeNodes([before], NOW)));
  });

  it('of a key stay the same where it goes into the group, or comes from it', () => {
    const ids = allIds(treeNodes([before], NOW));
    const low = allIds(treeNodes([{ ...after, status: 'low' }], NOW));
    const ofKey = (all: readonly string[]) => all.filter(id => !/^(?:attention|\w*[gG]ateway:)/.test(id));
    assert.deepEqual(ofKey(low), ofKey(ids));
    assert.equal(ofKey(ids).length, ids.length - 1);
  });

  it('are unique, whatever keys have in common', () => {
    const twin = { ...before, id: 'id-2' };
    const ids = allIds(treeNodes([before, twin, { ...twin, id: 'id-3', origin: 'https://b.example' }], NOW));
    assert.equal(new Set(ids).size, ids.length);
  });
});
