import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addKey, keyShown, product } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

/** Longer than a check takes that nothing holds back. */
const LONG_ENOUGH_MS = 1500;

describe('while no view is visible and warnings are off', () => {
  const gateway = useGateway();
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('keyQuota').update(name, value, vscode.ConfigurationTarget.Global);
  const addOne = () => {
    const { origin, secret } = gateway();
    return addKey({ kind: 'newApi', origin, secret: secret('ok') });
  };

  beforeEach(async () => {
    await product();
    // No view of ours is open in this window.
    await vscode.commands.executeCommand('workbench.view.explorer');
    await set('statusBar.visible', false);
    await set('warnings.enabled', false);
  });
  afterEach(async () => {
    for (const name of ['statusBar.visible', 'warnings.enabled']) await set(name, undefined);
  });

  it('no gateway is asked until the status bar is shown again', async () => {
    const id = await addOne();
    await new Promise(resolve => setTimeout(resolve, LONG_ENOUGH_MS));
    assert.equal(usageCalls(gateway()), 0);
    await set('statusBar.visible', true);
    await keyShown(id, 'the key is asked about');
    assert.equal(usageCalls(gateway()), 1);
  });

  it('no gateway is asked until the tree becomes visible', async () => {
    const id = await addOne();
    await new Promise(resolve => setTimeout(resolve, LONG_ENOUGH_MS));
    assert.equal(usageCalls(gateway()), 0);
    await vscode.commands.executeCommand('keyQuota.keys.focus');
    await keyShown(id, 'the key is asked about');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  it('no gateway is asked until warnings are switched on again', async () => {
    const id = await addOne();
    await set('warnings.enabled', true);
    await keyShown(id, 'the key is asked about');
  });
});
