import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { product } from './support/product.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

describe('the extension', () => {
  it('activates and offers its API, version 1', async () => {
    const api = await product();
    assert.deepEqual(Object.keys(api).sort(), ['onDidChange', 'snapshot', 'version']);
    assert.equal(api.version, 1);
    assert.deepEqual(api.snapshot(), []);
    api.onDidChange(() => undefined).dispose();
  });

  it('registers every command of its manifest, and no other', async () => {
    await product();
    const manifest = vscode.extensions.getExtension('key-quota.key-quota')?.packageJSON as Manifest;
    const promised = manifest.contributes.commands.map(({ command }) => command).sort();
    const all = await vscode.commands.getCommands(true);
    // VS Code adds commands of its own for each view, such as `keyQuota.keys.focus`.
    const views = Object.values(manifest.contributes.views).flatMap(each => each.map(({ id }) => `${id}.`));
    const ours = all.filter(id => id.startsWith('keyQuota.') && !views.some(view => id.startsWith(view)));
    assert.deepEqual(ours.sort(), promised);
  });
});
