import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { claudeRelay } from '../../../src/gateways/claudeRelay/claudeRelay.ts';
import { capturedAnswer } from '../../replay/capturedServer.ts';
import { keyId } from '../../sampleGateways/cheapestInference/accountUsage.ts';
import { TestSetup } from '../support/testSetup.ts';

const BY_KEY = '/apiStats/api/get-key-id';
const BY_ID = '/apiStats/api/user-stats';

describe('the id of a key at a Claude Relay Service, which reads all of it', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  it('is asked for in each check, and is in no file and no line of the log', async () => {
    setup = await TestSetup.open({ kind: 'claudeRelay' });
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.refreshKey(id);
    const state = await setup.testWindow.refreshKey(id);
    assert.deepEqual(
      setup.gateway.calls.map(({ path }) => path),
      [BY_KEY, BY_ID, BY_KEY, BY_ID],
      'other calls start the clock of a key that begins with its first use',
    );
    const { folder, logLines } = setup.testWindow;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    assert.ok(files.length > 0);
    const kept = [...files, ...logLines, JSON.stringify(state)].join('\n');
    assert.ok(kept.includes('claudeRelay'), 'what was searched has the key in it');
    assert.ok(!kept.includes(keyId(setup.gateway.key('ok'))));
  });

  it('is taken as a secret in place of the key', async () => {
    setup = await TestSetup.open({ kind: 'claudeRelay' });
    const secret = keyId(setup.gateway.key('ok'));
    const reading = await setup.read(setup.key('ok', { secret }));
    assert.equal(reading.quota?.remaining, 38);
    const { logLines } = setup.testWindow;
    assert.ok(!logLines.join('\n').includes(secret));
  });

  it('stands in no address and no header', async () => {
    setup = await TestSetup.open({ kind: 'claudeRelay' });
    await setup.read(setup.key('ok'));
    for (const { method, search, key } of setup.gateway.calls)
      assert.deepEqual([method, search, key], ['POST', '', 'ok']);
  });
});

describe('recognizing a real Claude Relay Service', () => {
  const real = (capture: string) => capturedAnswer('claude-relay-service-1.1.314', capture);

  it('looks at its health after an unknown path of its own', async () => {
    const { recognizes, isLikelyAfter } = claudeRelay.probe ?? assert.fail();
    assert.equal(await recognizes(real('anon-health')), true);
    for (const capture of ['anon-api-status', 'anon-settings-public']) {
      assert.equal(await recognizes(real(capture)), false);
      assert.equal(isLikelyAfter?.(real(capture)), true);
      assert.equal(isLikelyAfter?.({ ...real(capture), status: 200 }), false);
    }
  });
});
