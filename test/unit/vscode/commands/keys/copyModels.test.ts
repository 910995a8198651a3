import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../../src/core/quota/reading.ts';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { keyState, NOW, reading } from '../../../support/samples.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

describe('the command that copies the models of a key', () => {
  const run = (models: Partial<Reading> | undefined, argument?: unknown) => {
    const other = keyState({ id: 'other', label: 'Other', reading: reading({ models: ['another'] }) });
    const key = keyState({ reading: models && reading(models) });
    const keys: readonly KeyState[] = [other, key];
    const parts = {
      monitor: { snapshot: keys },
      keyService: { findById: (id: string) => keys.find(each => each.id === id) },
      clock: { now: () => NOW },
    } as unknown as CommandParts;
    return runCommand(parts, 'keyQuota.copyModels', argument);
  };

  beforeEach(() =>
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [], lists: [], clipboard: 'mine' }),
  );
  afterEach(() => {
    vscodeStub.person = {};
  });

  it('copies them one a line, and says how many', async () => {
    assert.deepEqual(await run({ models: ['gpt-4.1', 'o3'] }, 'id-1'), ['gpt-4.1', 'o3']);
    assert.deepEqual([vscodeStub.clipboard, vscodeStub.shown], ['gpt-4.1\no3', ['Models copied: 2']]);
  });

  it('says that there are more than it has', async () => {
    await run({ models: ['gpt-4.1'], modelsMore: 7 }, 'id-1');
    assert.deepEqual(vscodeStub.shown, ['Models copied: 1 and 7 more']);
  });

  it('leaves the clipboard alone where any model is allowed, where none is known, and where no key is chosen', async () => {
    assert.equal(await run({ models: null }, 'id-1'), null);
    assert.equal(vscodeStub.shown[0], '“Team” may call any model.');
    vscodeStub.shown = [];
    for (const [models, argument] of [
      [{}, 'id-1'],
      [undefined, 'id-1'],
      [{ models: ['o3'] }, undefined],
    ] as const)
      assert.equal(await run(models, argument), undefined);
    assert.deepEqual([vscodeStub.clipboard, vscodeStub.lists.length], ['mine', 1]);
  });

  it('copies the models of the key that is chosen', async () => {
    vscodeStub.person = { picked: (_title, labels) => labels.find(label => label.endsWith('Team')) };
    assert.deepEqual(await run({ models: ['o3'] }), ['o3']);
    assert.equal(vscodeStub.clipboard, 'o3');
  });
});
