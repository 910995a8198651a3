import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { addKey, keyShown, run } from './support/product.ts';
import { useGateway } from './support/sampleGateway.ts';

describe('keyQuota.findKeyForModel by argument', () => {
  const gateway = useGateway();

  it('answers with the keys that may call it and have quota', async () => {
    const { origin, secret } = gateway();
    for (const handle of ['ok', 'exhausted']) {
      const id = await addKey({ label: handle, kind: 'newApi', origin, secret: secret(handle) });
      await keyShown(id, 'the key has been asked about', key => Boolean(key.reading ?? key.failure));
    }
    const keys = await run<KeyState[]>('findKeyForModel', { model: 'gpt-4.1' });
    assert.deepEqual(
      keys.map(({ label }) => label),
      ['ok'],
    );
  });

  it('says what a model has to be', async () => {
    for (const model of ['', 7]) await assert.rejects(run('findKeyForModel', { model }), /name of a model/);
  });
});

describe('keyQuota.chooseStatusBarStyle by argument', () => {
  const style = () => vscode.workspace.getConfiguration('keyQuota').inspect('statusBar.style')?.globalValue;

  afterEach(() =>
    vscode.workspace
      .getConfiguration('keyQuota')
      .update('statusBar.style', undefined, vscode.ConfigurationTarget.Global),
  );

  it('sets the style for all windows', async () => {
    assert.equal(await run('chooseStatusBarStyle', 'percent'), 'percent');
    assert.equal(style(), 'percent');
  });

  it('says which styles there are', async () => {
    await assert.rejects(
      run('chooseStatusBarStyle', 'loud'),
      /: amount, percent, bar, barAmount, used, today, limit, time, template, icon$/,
    );
    assert.equal(style(), undefined);
  });
});
