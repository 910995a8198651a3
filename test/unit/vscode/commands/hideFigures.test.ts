import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { setFiguresHidden } from '../../../../src/text/hiddenFigures.ts';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import { runCommand } from '../../support/runCommand.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

describe('the command that hides figures', () => {
  const run = (argument?: unknown) => runCommand({} as CommandParts, 'keyQuota.hideFigures', argument);
  const set = () => vscodeStub.handed.map(([, name, value]) => [name, value]);

  beforeEach(() => Object.assign(vscodeStub, { settings: {}, handed: [] }));
  afterEach(() => {
    setFiguresHidden(false);
    vscodeStub.settings = {};
  });

  it('hides them for all windows, and shows them again where they are hidden', async () => {
    assert.equal(await run(), true);
    setFiguresHidden(true);
    assert.equal(await run(), false);
    assert.deepEqual(set(), [
      ['hideFigures', true],
      ['hideFigures', false],
    ]);
  });

  it('does what its argument says, whichever they are', async () => {
    setFiguresHidden(true);
    assert.equal(await run({ hidden: true }), true);
    assert.equal(await run({ hidden: false }), false);
    await assert.rejects(run({ hidden: 'yes' }));
    assert.deepEqual(set(), [
      ['hideFigures', true],
      ['hideFigures', false],
    ]);
  });
});
