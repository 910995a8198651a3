import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { AccountKey } from '../../../src/core/quota/reading.ts';
import type { TreeNode } from '../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import { managementKeyId } from '../../sampleGateways/sampleKeys.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

describe('keyQuota.refreshAccountKey', () => {
  let setup: TestSetup;
  let key: string;
  let alice: string;

  beforeEach(async () => {
    setup = await TestSetup.open({ kind: 'cheapestInference', accounts: [TEAM] });
    key = await setup.testWindow.keyService.add(setup.account('team'));
    await setup.testWindow.refreshKey(key);
    alice = managementKeyId(setup.gateway, 'alice');
    setup.gateway.calls.length = 0;
  });
  afterEach(() => setup.close());

  const requests = (keys: readonly AccountKey[] | undefined) =>
    keys?.map(({ name, periods }) => [name, periods?.[0]?.requests]);

  it('returns the key as JSON and puts it in the place of the old one', async () => {
    for (const handle of ['alice', 'bob'])
      setup.gateway.spend(handle, { quota: 10, promptTokens: 70, completionTokens: 4 });
    const told = (await setup.run('refreshAccountKey', { key, id: alice })) as AccountKey;
    assert.deepEqual([told.id, told.name], [alice, 'alice']);
    assert.deepEqual(told.periods?.[0], { period: '1h', requests: 1, tokens: 74 });
    assert.deepEqual(setup.calls, [`GET /api/usage/${alice}`]);
    assert.deepEqual(requests(setup.testWindow.keyState(key).reading?.accountKeys), [
      ['alice', 1],
      ['bob', 0],
    ]);
    assert.deepEqual(requests(setup.testWindow.store.states.stateOf(key)?.reading?.accountKeys), [
      ['alice', 1],
      ['bob', 0],
    ]);
  });

  it('is offered in the tree for keys with an id, and works from there', async () => {
    const node = findNode(treeNodes(setup.testWindow.monitor.snapshot, setup.clock.now()), 'alice');
    assert.deepEqual(
      [node?.context, node?.keyId, node?.accountKeyId],
      ['accountKey refreshable', key, alice],
    );
    assert.equal(((await setup.run('refreshAccountKey', node)) as AccountKey).name, 'alice');
  });

  it('is in the menu of such lines, and not in the palette', () => {
    const { menus } = JSON.parse(readFileSync('package.json', 'utf8')).contributes as {
      menus: Record<string, { command: string; when: string }[]>;
    };
    const whens = (menu: string) =>
      menus[menu]?.filter(({ command }) => command === 'keyQuota.refreshAccountKey').map(({ when }) => when);
    assert.deepEqual(whens('commandPalette'), ['false']);
    assert.deepEqual(whens('view/item/context'), [
      'view == keyQuota.keys && viewItem =~ /\\brefreshable\\b/',
    ]);
  });

  it('is not offered where a gateway cannot be asked about one key', async () => {
    await setup.close();
    setup = await TestSetup.open({ accounts: [TEAM] });
    await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.account('team')));
    const node = findNode(treeNodes(setup.testWindow.monitor.snapshot, setup.clock.now()), 'alice');
    assert.deepEqual([node?.context, node?.keyId], ['accountKey', undefined]);
  });

  it('says that a deleted key is gone, without blaming the management key', async () => {
    const gone = alice.replace(/^./, 'f');
    await assert.rejects(
      setup.run('refreshAccountKey', { key, id: gone }),
      /no longer knows this key of the account\. Refresh “team” to see the keys it has\./,
    );
    assert.equal(setup.testWindow.keyState(key).status, 'ok');
  });

  for (const id of ['../plans', '..', 'a/b', '?x=1', '', ' ', '%2e%2e', 'x'.repeat(101)]) {
    it(`never puts “${id.slice(0, 8)}” into a path`, async () => {
      await assert.rejects(setup.run('refreshAccountKey', { key, id }), /no longer knows this key/);
      assert.deepEqual(setup.calls, []);
    });
  }

  for (const [name, argument, says] of [
    ['no argument', undefined, /“key” must be a text/],
    ['no id', { key: 'k' }, /“id” must be a text/],
    ['a number for an id', { key: 'k', id: 7 }, /“id” must be a text/],
    ['an unknown key', { key: 'nobody', id: 'a' }, /no key with the ID nobody/],
  ] as const) {
    it(`${name} is refused with a sentence`, async () => {
      await assert.rejects(setup.run('refreshAccountKey', argument), says);
      assert.deepEqual(setup.calls, []);
    });
  }

  it('a credential that cannot be asked that is told apart', async () => {
    const { id } = await setup.add(setup.key('alice'));
    await assert.rejects(
      setup.run('refreshAccountKey', { key: id, id: alice }),
      /a different type of credential/,
    );
    assert.deepEqual(setup.calls, []);
  });
});

function findNode(nodes: readonly TreeNode[], label: string): TreeNode | undefined {
  for (const node of nodes) {
    const found = node.copyText === label ? node : findNode(node.children, label);
    if (found) return found;
  }
  return undefined;
}
