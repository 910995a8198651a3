import assert from 'node:assert/strict';
import { TreeLines } from '../../../../src/vscode/tree/treeLines.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';

const node = (id: string, description: string, children: readonly TreeNode[] = []): TreeNode => ({
  id,
  label: id,
  description,
  spoken: id,
  context: '',
  children,
});

describe('tree lines', () => {
  const tree = (figure: string, fact: string) => [
    node('gateway', '', [node('key', figure, [node('fact', fact)]), node('other', '$1.00')]),
  ];

  it('everything is new at first', () => {
    const lines = new TreeLines();
    assert.equal(lines.update(tree('$5.00', '7:00')), 'all');
    assert.deepEqual(lines.roots, tree('$5.00', '7:00'));
  });

  it('nothing is redrawn when nothing changed', () => {
    const lines = new TreeLines();
    lines.update(tree('$5.00', '7:00'));
    assert.deepEqual(lines.update(tree('$5.00', '7:00')), []);
  });

  it('the line that changed is redrawn, and the object stays the same', () => {
    const lines = new TreeLines();
    lines.update(tree('$5.00', '7:00'));
    const key = lines.roots[0]?.children[0];
    const [changed, ...others] = lines.update(tree('$4.00', '7:05'));
    assert.equal(changed, key);
    assert.deepEqual(others, []);
    assert.deepEqual(lines.roots, tree('$4.00', '7:05'));
  });

  it('a line of which other words are heard is redrawn, and they are made only to tell that', () => {
    let asked = 0;
    const heard = (spoken: string, description = '$5.00') => [
      {
        ...node('key', description),
        get spoken() {
          asked++;
          return spoken;
        },
      },
    ];
    const lines = new TreeLines();
    lines.update(heard('checked 7:00'));
    assert.equal(asked, 0);
    assert.deepEqual(lines.update(heard('checked 7:00')), []);
    const [key] = lines.roots;
    assert.deepEqual(lines.update(heard('checked 7:05')), [key]);
    assert.equal(key?.spoken, 'checked 7:05');
    asked = 0;
    assert.deepEqual(lines.update(heard('checked 7:10', '$4.00')), [key]);
    assert.equal(asked, 0);
    assert.equal(key?.spoken, 'checked 7:10');
  });

  it('a fact alone is redrawn alone', () => {
    const lines = new TreeLines();
    lines.update(tree('$5.00', '7:00'));
    const fact = lines.roots[0]?.children[0]?.children[0];
    assert.deepEqual(lines.update(tree('$5.00', '7:05')), [fact]);
    assert.equal(fact?.description, '7:05');
  });

  it('a line whose members come, go or change places is redrawn', () => {
    const lines = new TreeLines();
    lines.update(tree('$5.00', '7:00'));
    const [gateway] = lines.roots;
    assert.equal(gateway?.children.length, 2);
    const members = tree('$5.00', '7:00')[0]?.children ?? [];
    assert.deepEqual(lines.update([node('gateway', '', [...members].reverse())]), [gateway]);
    assert.deepEqual(lines.update([node('gateway', '', members.slice(1))]), [gateway]);
    assert.deepEqual(
      lines.roots[0]?.children.map(({ id }) => id),
      members.slice(1).map(({ id }) => id),
    );
  });

  it('a line that moves below another is the same object, and everything is redrawn', () => {
    const lines = new TreeLines();
    const [key, other] = [node('key', '$5.00'), node('other', '$1.00')];
    lines.update([node('group', '', [other]), node('gateway', '', [key])]);
    const moved = lines.roots[1]?.children[0];
    assert.equal(lines.roots[0]?.children.length, 1);
    assert.equal(lines.update([node('group', '', [other, key]), node('gateway', '')]), 'all');
    assert.equal(lines.roots[0]?.children[1], moved);
    assert.deepEqual(lines.update([node('group', '', [other, key]), node('gateway', '')]), []);
  });

  it('what a line no longer has is gone', () => {
    const lines = new TreeLines();
    lines.update([{ ...node('key', ''), tooltip: 'trouble' }]);
    const [key] = lines.roots;
    assert.deepEqual(lines.update([node('key', '')]), [key]);
    assert.equal(key?.tooltip, undefined);
  });

  it('a line that was gone comes back as another, so that nothing is kept of those that are gone', () => {
    const lines = new TreeLines();
    lines.update([node('a', '')]);
    const [first] = lines.roots;
    lines.update([]);
    lines.update([node('a', '')]);
    assert.notEqual(lines.roots[0], first);
  });

  it('roots that come or go redraw everything', () => {
    const lines = new TreeLines();
    lines.update([node('a', ''), node('b', '')]);
    assert.equal(lines.update([node('b', '')]), 'all');
    assert.equal(lines.update([node('b', ''), node('a', '')]), 'all');
  });
});
