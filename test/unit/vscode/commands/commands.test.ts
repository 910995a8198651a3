import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { commandIds } from '../../../../src/vscode/commands/commandIds.ts';
import type * as Commands from '../../../../src/vscode/commands/commands.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { CommandSetup } from '../../support/commandSetup.ts';
import { runCommand } from '../../support/runCommand.ts';
import { keyState, NOW, reading } from '../../support/samples.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { commands } = await importWithStub<typeof Commands>('vscode/commands/commands.ts');

describe('commands', () => {
  it('are all registered at activation, and no others are', () => {
    assert.deepEqual(Object.keys(commands), [...commandIds]);
  });

  it('are in menus of lines that the tree has', () => {
    const said = new Set(
      linesOf(
        treeNodes(
          [
            keyState({ id: '1', pinned: true, reading: reading({ models: ['gpt-4.1'] }) }),
            keyState({ id: '2', credential: 'accessToken', reading: withKeysOfItsOwn }),
            keyState({ id: '3', kind: 'cheapestInference' }),
            keyState({ id: '4', kind: 'cometApi', credential: 'queryKey' }),
            keyState({ id: '5', failure: { class: 'paused', message: '' } }),
            keyState({ id: '6', readFrom: { id: '2', label: 'team' } }),
            keyState({ id: '7', separatedFrom: { id: '2', label: 'team' } }),
          ],
          NOW,
        ),
      ).flatMap(({ context }) => context.split(' ')),
    );
    const places = Object.values(commands).flatMap(({ menus = [] }) => menus);
    const words = places.flatMap(place => (place.menu === 'view/item/context' ? place.contextWords : []));
    assert.ok(words.length > 10);
    assert.deepEqual(
      words.filter(word => !said.has(word)),
      [],
    );
  });

  describe('that need keys', () => {
    let setup: CommandSetup;

    beforeEach(async () => {
      setup = await CommandSetup.open();
      await setup.testWindow.monitor.start();
      Object.assign(vscodeStub, { person: {}, shown: [], handed: [] });
    });

    afterEach(async () => {
      vscodeStub.person = {};
      await setup.close();
    });

    for (const id of commandIds.filter(each => commands[each].palette === 'withKeys')) {
      it(`${id} offers to add a key when there is none`, async () => {
        vscodeStub.person = { asked: (_message, _detail, [add]) => add };
        await runCommand(setup.parts, id);
        // What was offered is not waited for.
        await Promise.resolve();
        assert.deepEqual(
          vscodeStub.shown.filter(text => /^(There are no|Add Key)/.test(text)),
          ['There are no keys yet. Use Add Key first.', 'Add Key…'],
        );
        const [, command] = vscodeStub.handed.find(([to]) => to === 'a command') ?? [];
        assert.equal(command, 'keyQuota.addKey');
      });
    }
  });
});

const withKeysOfItsOwn = reading({
  account: { balance: 9.9 },
  accountKeys: [{ id: '3', name: 'inner', unlimited: true }],
});

function linesOf(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap(node => [node, ...linesOf(node.children)]);
}
