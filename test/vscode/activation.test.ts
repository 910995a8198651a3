import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  it('is installed and activates', async () => {
    const extension = vscode.extensions.getExtension('key-quota.key-quota');
    assert.ok(extension, 'key-quota.key-quota is not among the extensions of this window');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
