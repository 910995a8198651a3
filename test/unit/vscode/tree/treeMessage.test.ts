import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type * as Tree from '../../../../src/vscode/tree/tree.ts';
import { keyState, NOW } from '../../support/samples.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

describe('the message above the keys', () => {
  beforeEach(() => Object.assign(vscodeStub, { handed: [] }));

  const shown = () =>
    vscodeStub.handed.filter(([, member]) => member === 'message').map(([, , text]) => text);

  it('appears with the first key, and goes with the last', async () => {
    const { KeyTree } = await importWithStub<typeof Tree>('vscode/tree/tree.ts');
    const tree = new KeyTree(
      () => NOW,
      () => undefined,
    );
    tree.setMessage('Warnings are off.');
    assert.deepEqual(shown(), []);
    tree.renderTree([keyState({})], NOW);
    tree.renderTree([keyState({})], NOW);
    assert.deepEqual(shown(), ['Warnings are off.']);
    tree.setMessage('Warnings are off until 3 PM.');
    assert.equal(shown().at(-1), 'Warnings are off until 3 PM.');
    tree.setMessage(undefined);
    assert.equal(shown().at(-1), undefined);
    tree.setMessage('Warnings are off.');
    tree.renderTree([], NOW);
    assert.deepEqual(shown().slice(3), ['Warnings are off.', undefined]);
    tree.dispose();
  });
});
