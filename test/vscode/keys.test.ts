import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addKey, keyShown, product, refreshed, run, stateOf } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

describe('commands on a key', () => {
  const gateway = useGateway();
  const add = (handle: string, label = handle) => {
    const { origin, secret } = gateway();
    return addKey({ label, kind: 'newApi', origin, secret: secret(handle) });
  };

  it('removeKey forgets the record and the secret', async () => {
    const id = await add('ok');
    await keyShown(id, 'the key has a figure');
    await run('removeKey', { id, confirmed: true });
    assert.deepEqual((await product()).snapshot(), []);
    await assert.rejects(run('removeKey', { id, confirmed: true }), /There is no key with the ID/);
    await assert.rejects(run('refresh', id), /There is no key with the ID/);
    assert.equal(usageCalls(gateway()), 1);

    // The same secret is a new key now: nothing is left of the old one.
    const again = await add('ok');
    assert.notEqual(again, id);
  });

  it('renameKey changes the name alone', async () => {
    const id = await add('ok', 'old name');
    const before = await keyShown(id, 'the key has a figure');
    await run('renameKey', { id, label: '  new name ' });
    assert.deepEqual(await stateOf(id), { ...before, label: 'new name' });
    await assert.rejects(run('renameKey', { id, label: ' ' }), /Give the key a name/);
    assert.equal((await stateOf(id))?.label, 'new name');
  });

  it('replaceSecret asks again with the new secret', async () => {
    const id = await add('invalid-401', 'renewed');
    await keyShown(id, 'the key is refused', key => key.status === 'invalid');
    await run('replaceSecret', { id, secret: `Bearer ${gateway().secret('ok')}`, confirmed: true });
    const state = await keyShown(id, 'the new secret works');
    assert.equal(state.status, 'ok');
    assert.equal(state.label, 'renewed');
    assert.equal(state.failure, undefined);
    assert.deepEqual(
      gateway()
        .callsOf({ path: '/api/usage/token/' })
        .map(({ key }) => key),
      ['invalid-401', 'ok'],
    );
    await assert.rejects(run('replaceSecret', { id, secret: 'a b' }), /contains spaces/);
  });

  it('pinKey and unpinKey mark the key', async () => {
    const id = await add('ok');
    assert.equal((await stateOf(id))?.pinned, false);
    await run('pinKey', id);
    assert.equal((await stateOf(id))?.pinned, true);
    await run('unpinKey', id);
    assert.equal((await stateOf(id))?.pinned, false);
  });

  it('copyModels puts the names on the clipboard', async () => {
    const id = await add('model-limits');
    await refreshed(id);
    const names = ['claude-sonnet-4-5', 'gemini-2.5-pro', 'gpt-4.1'];
    assert.deepEqual(await run('copyModels', id), names);
    assert.equal(await vscode.env.clipboard.readText(), names.join('\n'));
  });

  it('copyModels leaves the clipboard alone when any model is allowed', async () => {
    const id = await add('ok');
    await refreshed(id);
    await vscode.env.clipboard.writeText('mine');
    assert.equal(await run('copyModels', id), null);
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
  });

  for (const name of ['removeKey', 'renameKey', 'replaceSecret', 'pinKey', 'unpinKey', 'copyModels']) {
    it(`${name} says so when there is no such key`, async () => {
      await assert.rejects(run(name, 'nobody'), /There is no key with the ID nobody/);
    });
  }
});
