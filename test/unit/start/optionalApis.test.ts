import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { BuiltWindows, builtIn } from '../support/builtWindows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

/** What relatives of VS Code lag behind with, leave out, or may. */
const OPTIONAL = [
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

describe('the built extension in an editor', function () {
  this.timeout(60_000);
  let dist: string;

  before(() => {
    dist = builtIn(tempFolder());
  });

  after(removeTempFolders);

  for (const lacking of ['', ...OPTIONAL]) {
    it(`${lacking ? `without ${lacking}` : 'with all of it'} starts, and adds and shows a key`, async () => {
      const windows = new BuiltWindows(dist, lacking);
      try {
        const { labels, results, said } = await windows.open({
          folder: tempFolder(),
          secrets: [],
          run: [
            [
              'keyQuota.addKey',
              { label: 'Team', kind: 'newApi', origin: 'http://localhost:9', secret: 'sk-anything-at-all' },
            ],
          ],
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
