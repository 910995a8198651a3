import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { CredentialType } from '../../../src/core/quota/key.ts';
import { accountKeyCountText, unreadableKeysText } from '../../../src/text/accountKeyCount.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { accessTokenFor } from '../../sampleGateways/secrets.ts';
import { TestWindow } from '../support/testWindow.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id: `k${id}`, name: `key ${id}` }));

describe('a list of keys in one answer', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  async function outcome(kind: string, credential: CredentialType, body: unknown) {
    server = await startScriptedServer(() => ({ body }));
    testWindow = new TestWindow();
    const { origin } = server;
    return testWindow.keyService.checkDraft({
      kind,
      credential,
      label: 'team',
      baseUrl: origin,
      secret: accessTokenFor('cap'),
    });
  }

  const cheapest = (data: unknown) => outcome('cheapestInference', 'managementKey', { success: true, data });
  const comet = (keys: unknown) =>
    outcome('cometApi', 'queryKey', { success: true, username: 'me', total_quota: 12.5, keys });

  for (const [name, ask] of Object.entries({ CheapestInference: cheapest, CometAPI: comet })) {
    it(`of ${name} is read up to 8000, which is said`, async () => {
      const { reading, failure } = await ask(many(9000));
      assert.equal(failure, undefined);
      assert.equal(reading?.accountKeys?.length, 8000);
      assert.equal(accountKeyCountText(reading), '8,000 of 9,000');
    });

    it(`of ${name} says which rows cannot be read`, async () => {
      const { reading } = await ask([...many(2), 'x']);
      assert.equal(accountKeyCountText(reading ?? {}), '2 of 3');
    });

    it(`of ${name} with nothing in it is no keys`, async () => {
      assert.equal(accountKeyCountText((await ask([])).reading ?? {}), '0');
    });
  }

  it('of CometAPI that cannot be read leaves the balance', async () => {
    for (const keys of ['two', ['x', 'y']]) {
      const { reading, failure } = await comet(keys);
      assert.equal(failure, undefined);
      assert.deepEqual([reading?.account?.balance, reading?.accountKeys], [12.5, undefined]);
      assert.equal(unreadableKeysText(reading), 'key list unreadable');
      await testWindow.close();
      await server.close();
    }
  });

  it('of CheapestInference that cannot be read is no reading', async () => {
    assert.equal((await cheapest(['x', 'y'])).failure?.reason, 'missing-figures');
  });
});
