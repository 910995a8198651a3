import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { BuiltWindows, buildInto } from '../support/builtWindows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { fillDatabase } from '../support/fullDatabase.ts';

describe('a window that starts with stored figures', function () {
  this.timeout(120_000);
  let windows: BuiltWindows;

  before(() => {
    windows = new BuiltWindows(buildInto(tempFolder()));
  });

  after(async () => {
    await windows.close();
    removeTempFolders();
  });

  it('shows them before it reads a secret, and so before it sends a request', async () => {
    const folder = tempFolder();
    const secrets = fillDatabase(folder, ['first', 'second'], Date.now());
    const { events } = await windows.open({ folder, secrets, run: [], awaitKeys: 2 });
    assert.equal(events[0], 'context applied');
    assert.ok(events.includes('secret read'));
  });
});
