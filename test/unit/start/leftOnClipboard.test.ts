import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { SqliteStore } from '../../../src/store/store.ts';
import { BuiltWindows, buildInto } from '../support/builtWindows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { fillDatabase } from '../support/fullDatabase.ts';

const SECRET = 'sk-left-0123456789';

describe('a window that starts after one that ended with a secret on the clipboard', function () {
  this.timeout(120_000);
  let windows: BuiltWindows;

  before(() => {
    windows = new BuiltWindows(buildInto(tempFolder()));
  });

  after(async () => {
    await windows.close();
    removeTempFolders();
  });

  /** What is on the clipboard after such a window has opened and closed. */
  async function clipboardAfter(isLeft: boolean, clipboard: string): Promise<string> {
    const folder = tempFolder();
    const secrets = fillDatabase(folder, ['left'], Date.now());
    const store = new SqliteStore(folder, Date.now());
    const digest = createHash('sha256').update(SECRET).digest('hex');
    const until = Date.now() - 1;
    if (isLeft) store.transaction(() => store.copiedSecrets.saveCopied({ keyId: 'left', until, digest }));
    store.close();
    const report = await windows.open({ folder, secrets, run: [], clipboard, awaitKeys: 1 });
    return report.clipboard;
  }

  it('takes it off', async () => {
    assert.equal(await clipboardAfter(true, SECRET), '');
  });

  it('leaves alone what is there by now, and what nobody left', async () => {
    assert.equal(await clipboardAfter(true, 'mine'), 'mine');
    assert.equal(await clipboardAfter(false, SECRET), SECRET);
  });

  it('itself copies one after a yes alone, and takes it off when it ends', async () => {
    for (const [pressed, copied] of [
      ['Copy Secret', SECRET],
      [undefined, 'mine'],
    ] as const) {
      const folder = tempFolder();
      const entry = {
        ...JSON.parse(fillDatabase(folder, ['mine'], Date.now())[0]?.[1] ?? ''),
        secret: SECRET,
      };
      const { clipboardOpen, clipboard, notifications } = await windows.open({
        folder,
        secrets: [['key:mine', JSON.stringify(entry)]],
        run: [['keyQuota.copySecret', 'mine']],
        clipboard: 'mine',
        ...(pressed && { pressed }),
        awaitKeys: 1,
      });
      assert.ok(notifications.includes('Copy the secret of “mine”?'));
      assert.equal(clipboardOpen, copied);
      assert.equal(clipboard, copied === SECRET ? '' : 'mine');
    }
  });
});
