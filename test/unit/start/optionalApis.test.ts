import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { BuiltWindows, buildInto } from '../support/builtWindows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

/** What relatives of VS Code lag behind with, leave out, or may. */
const OPTIONAL = [
  'InputBoxValidationSeverity',
  'QuickPickItemKind',
  'l10n.bundle',
  'workspace.workspaceFolders',
  'lm',
  'lm.registerTool',
  'UIKind',
  'env.uiKind',
  'env.clipboard',
  'secrets.keys',
  'window.state',
  'window.onDidChangeWindowState',
  'window.registerUriHandler',
  'window.registerTreeDataProvider',
  'window.registerWebviewPanelSerializer',
  'window.createOutputChannel',
];

const KEY = { label: 'Team', kind: 'newApi', origin: 'http://localhost:9', secret: 'sk-anything-at-all' };

describe('the built extension in an editor', function () {
  this.timeout(120_000);
  let dist: string;

  before(() => {
    dist = buildInto(tempFolder());
  });

  after(removeTempFolders);

  it('gives no extension anything that it could change for the others', async () => {
    const windows = new BuiltWindows(dist);
    try {
      const { labels, isOpenToChange } = await windows.open({
        folder: tempFolder(),
        secrets: [],
        run: [['keyQuota.addKey', KEY]],
        awaitKeys: 1,
      });
      assert.deepEqual(labels, ['Team']);
      assert.equal(isOpenToChange, false);
    } finally {
      await windows.close();
    }
  });

  for (const lacking of ['', ...OPTIONAL]) {
    it(`${lacking ? `without ${lacking}` : 'with all of it'} starts, and adds and shows a key`, async () => {
      const windows = new BuiltWindows(dist, lacking);
      try {
        const {
          labels,
          results,
          notifications: said,
        } = await windows.open({
          folder: tempFolder(),
          secrets: [],
          run: [['keyQuota.addKey', KEY]],
          awaitKeys: 1,
        });
        assert.deepEqual(labels, ['Team']);
        assert.equal(results[0]?.thrown, undefined);
        assert.deepEqual(said, []);
      } finally {
        await windows.close();
      }
    });
  }
});
