import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { redactor } from '../../../../src/redaction/redactor.ts';
import type * as Browser from '../../../../src/vscode/host/browser.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { openInBrowser } = await importWithStub<typeof Browser>('vscode/host/browser.ts');

describe('what is opened in a browser', () => {
  const SECRET = 'browser-test-secret-5519';
  before(() => redactor.protect(SECRET));

  for (const [url, isOpened] of [
    ['https://gw.example/console', true],
    ['http://gw.example/console', false],
    ['command:workbench.action.quit', false],
    [`https://gw.example/?key=${SECRET}`, false],
    [`https://gw.example/#${encodeURIComponent(Buffer.from(SECRET).toString('base64'))}`, false],
  ] as const) {
    it(`${isOpened ? 'is' : 'is not'} ${url.replace(SECRET, '‹secret›')}`, async () => {
      vscodeStub.handed = [];
      await openInBrowser(url);
      assert.deepEqual(vscodeStub.handed, isOpened ? [['a browser', 'open', url]] : []);
    });
  }
});
