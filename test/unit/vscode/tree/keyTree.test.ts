import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type * as Trees from '../../../../src/vscode/tree/tree.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { KeyTree } = await importWithStub<typeof Trees>('vscode/tree/tree.ts');

const LINE: TreeNode = { id: 'x', label: 'Line', spoken: 'heard', context: 'fact', children: [] };

describe('the tree that VS Code holds', () => {
  let tree: Trees.KeyTree;
  let now: number;
  /** Until when what was asked for later is true. */
  let until: number[];
  /** What VS Code was told of: ids of lines, or all. */
  let redrawn: (string[] | 'all')[];

  beforeEach(() => {
    Object.assign(vscodeStub, { handed: [] });
    [now, until, redrawn] = [NOW, [], []];
    tree = new KeyTree(
      () => now,
      ms => until.push(ms),
    );
    tree.onDidChangeTreeData(lines => redrawn.push(lines?.map(({ id }) => id) ?? 'all'));
  });
  afterEach(() => tree.dispose());

  const draw = (...keys: KeyState[]) => tree.renderTree(keys, now);
  /** Opens gateway and key, as a person does; the lines of the first key. */
  const openAll = async () => {
    const [gateway] = await tree.getChildren();
    const [key] = await tree.getChildren(gateway);
    return tree.getChildren(key);
  };
  const handed = (member: string) =>
    vscodeStub.handed.filter(([to, each]) => to === 'the tree' && each === member).map(([, , what]) => what);

  it('shows the keys of the moment, and tells of nothing before it was opened', async () => {
    draw(keyState());
    assert.deepEqual(redrawn, []);
    assert.deepEqual(
      (await tree.getChildren()).map(({ id }) => id),
      ['gateway:https://gw.example'],
    );
    const facts = await openAll();
    assert.ok(facts.some(({ label, description }) => label === 'Status' && description === 'ok'));
  });

  it('is told of the lines that changed, of all where a gateway comes, and of nothing else', async () => {
    draw(keyState());
    await openAll();
    draw(keyState());
    assert.deepEqual(redrawn, []);
    const spent = keyState({ reading: reading({ quota: quota(14, 20) }) });
    draw(spent);
    assert.deepEqual(redrawn, [['key:id-1']]);
    draw(spent, keyState({ id: 'id-2', origin: 'https://other.example' }));
    assert.deepEqual(redrawn, [['key:id-1'], 'all']);
  });

  it('says until when a line is true that VS Code asks for after a drawing', async () => {
    const ends = keyState({ reading: reading({ quota: quota(15, 20), expiresAt: at(3 * DAY + HOUR) }) });
    draw(ends);
    await tree.getChildren();
    // After an hour less than three days are left. A minute after its time, which is in five, the next check is overdue.
    assert.equal(Math.min(...until), NOW + HOUR + 1);
    await openAll();
    assert.equal(Math.min(...until), NOW + 6 * MINUTE);
    until.length = 0;
    const [gateway] = await tree.getChildren();
    const [key = assert.fail()] = await tree.getChildren(gateway);
    tree.getTreeItem(key);
    assert.equal(Math.min(...until), NOW + HOUR + 1, 'what is heard of the key tells its end too');
  });

  it('counts at its icon the keys that need attention, and nothing where none does', () => {
    draw(keyState(), keyState({ id: '2', status: 'low' }), keyState({ id: '3', status: 'exhausted' }));
    assert.deepEqual(handed('badge'), [{ value: 2, tooltip: 'Keys that need attention: 2' }]);
    draw(keyState({ id: '2', status: 'low' }), keyState({ id: '3', status: 'stale' }));
    assert.equal(handed('badge').length, 1, 'the same number is not set again');
    draw(keyState());
    assert.deepEqual(handed('badge').slice(1), [undefined]);
  });

  it('shows a line with everything that it has', () => {
    const line: TreeNode = {
      ...LINE,
      description: '$5.00',
      tooltip: 'why',
      icon: 'warning',
      color: 'charts.green',
    };
    const item = tree.getTreeItem(line);
    assert.deepEqual(
      [item.id, item.label, item.description, item.tooltip, item.contextValue],
      ['x', 'Line', '$5.00', 'why', 'fact'],
    );
    assert.deepEqual(item.accessibilityInformation, { label: 'heard' });
    assert.deepEqual(JSON.stringify(item.iconPath), '{"id":"warning","color":{"id":"charts.green"}}');
    assert.equal(JSON.stringify(tree.getTreeItem({ ...LINE, icon: 'key' }).iconPath), '{"id":"key"}');
    assert.equal(tree.getTreeItem(LINE).iconPath, undefined);
  });

  it('shows in color what needs attention in a theme of high contrast too', () => {
    vscodeStub.themeKind = 3;
    const { iconPath } = tree.getTreeItem({ ...LINE, icon: 'error', color: 'list.errorForeground' });
    vscodeStub.themeKind = undefined;
    assert.deepEqual(JSON.stringify(iconPath), '{"id":"error","color":{"id":"errorForeground"}}');
  });

  it('has lines that cannot be opened, are closed, or open from the first', () => {
    const stateOf = (more: Partial<TreeNode>) => tree.getTreeItem({ ...LINE, ...more }).collapsibleState;
    assert.deepEqual(
      [stateOf({}), stateOf({ isParent: true }), stateOf({ isParent: true, expanded: true })],
      [0, 1, 2],
    );
    assert.equal(stateOf({ expanded: true }), 0);
  });

  it('is asked for all lines again where their hovers look otherwise', () => {
    tree.redrawLines();
    assert.deepEqual(redrawn, ['all']);
  });

  it('makes a card where one hovers over a key, and of nothing else', async () => {
    draw(keyState());
    await tree.getChildren();
    const item: vscode.TreeItem = { tooltip: 'before' };
    assert.equal(tree.resolveTreeItem(item, { ...LINE, keyId: 'id-1' }).tooltip, 'before');
    assert.equal(tree.resolveTreeItem(item, { ...LINE, id: 'key:gone', keyId: 'gone' }).tooltip, 'before');
    const { tooltip } = tree.resolveTreeItem(item, { ...LINE, id: 'key:id-1', keyId: 'id-1' });
    const card = tooltip as vscode.MarkdownString;
    assert.match(card.value, /^<table>.*Team/);
    assert.deepEqual(
      [card.supportHtml, card.supportThemeIcons, card.isTrusted],
      [true, true, { enabledCommands: [] }],
    );
  });

  it('opens at a key, and stays where that is not there', async () => {
    draw(keyState(), keyState({ id: 'id-2', origin: 'https://other.example' }));
    await tree.reveal('gone');
    assert.deepEqual(handed('reveal'), []);
    await tree.reveal('id-2');
    const [[line, options] = []] = handed('reveal') as [TreeNode, object][];
    assert.equal(line?.id, 'key:id-2');
    assert.deepEqual(options, { select: true, focus: true, expand: true });
    assert.equal(line && tree.getParent(line)?.id, 'gateway:https://other.example');
    assert.equal(tree.getParent(LINE), undefined);
  });

  describe('where lines are dragged', () => {
    const DRAGGED = 'application/vnd.code.tree.keyquota.keys';
    const B = { origin: 'https://b.example' };
    let orders: (readonly string[])[];
    let controller: vscode.TreeDragAndDropController<TreeNode>;

    beforeEach(async () => {
      orders = [];
      tree.onDidOrder(ids => orders.push(ids));
      const [, , options] = vscodeStub.handed.find(([to]) => to === 'a view') ?? [];
      controller = (options as vscode.TreeViewOptions<TreeNode>).dragAndDropController ?? assert.fail();
      draw(keyState({ id: '1' }), keyState({ id: '2' }), keyState({ id: '3', ...B, status: 'low' }));
      await tree.getChildren();
    });

    const drag = async (source: string, target?: string) => {
      const data = new Map<string, vscode.DataTransferItem>();
      const [transfer, token] = [data as unknown as vscode.DataTransfer, {} as vscode.CancellationToken];
      await controller.handleDrag?.([{ ...LINE, id: source }], transfer, token);
      await controller.handleDrop?.(
        target === undefined ? undefined : { ...LINE, id: target },
        transfer,
        token,
      );
      return orders.pop();
    };

    it('takes from other views nothing, and gives to them nothing', () => {
      assert.deepEqual([controller.dragMimeTypes, controller.dropMimeTypes], [[DRAGGED], [DRAGGED]]);
    });

    it('tells of the new order: a key at the place of another, a gateway at that of another', async () => {
      assert.deepEqual(await drag('key:2', 'key:1'), ['2', '1', '3']);
      assert.deepEqual(await drag('emptyGateway:https://b.example', 'gateway:https://gw.example'), [
        '3',
        '1',
        '2',
      ]);
    });

    it('tells of nothing where nothing can be moved there', async () => {
      for (const [source, target] of [
        ['fact:1:status', 'key:1'],
        ['attention', 'key:1'],
        ['key:2', 'attention'],
        ['key:2', 'fact:1:status'],
        ['key:2', undefined],
        ['key:2', 'key:3'],
      ] as const)
        assert.equal(await drag(source, target), undefined, `${source} ${target}`);
    });
  });

  it('is visible as VS Code says', () => assert.equal(tree.visible, true));

  it('goes when the extension stops, and tells of nothing any more', async () => {
    draw(keyState());
    await tree.getChildren();
    tree.dispose();
    assert.equal(handed('dispose').length, 1);
    draw(keyState({ id: '2', origin: 'https://other.example' }));
    assert.deepEqual(redrawn, []);
  });
});
