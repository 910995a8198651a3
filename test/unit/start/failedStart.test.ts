import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { commandIds } from '../../../src/vscode/commands/commandIds.ts';
import { BuiltWindows, buildInto } from '../support/builtWindows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

const GONE = 'Key Quota was updated or removed while this window was open. Reload the window.';
const EACH_COMMAND = commandIds.map(id => [id, undefined] as const);

describe('a start that fails', function () {
  this.timeout(120_000);
  afterEach(removeTempFolders);

  async function start(dist: string, lacking: string) {
    const windows = new BuiltWindows(dist, lacking);
    try {
      return await windows.open({ folder: tempFolder(), secrets: [], run: EACH_COMMAND });
    } finally {
      await windows.close();
    }
  }

  it('is said once, and by each command, with why', async () => {
    // No editor lacks this one; without it nothing of ours can be set up.
    const { results, notifications: said } = await start(buildInto(tempFolder()), 'workspace');
    const why = results[0]?.thrown ?? '';
    assert.match(why, /^TypeError: .+/);
    assert.deepEqual(
      results.map(({ thrown }) => thrown),
      commandIds.map(() => why),
    );
    assert.deepEqual(said, [`Key Quota could not start: ${why}`]);
  });

  it('because all files are gone but the first, asks each time to reload the window', async () => {
    const dist = buildInto(tempFolder());
    for (const file of ['main.js', 'messages.js']) rmSync(join(dist, file));
    const { results } = await start(dist, '');
    assert.deepEqual(
      results.map(({ thrown }) => thrown),
      commandIds.map(() => `Error: ${GONE}`),
    );
  });
});
