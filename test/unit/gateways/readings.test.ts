import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../sampleGateways/settings.ts';
import { TestWindow } from '../support/testWindow.ts';
import { ORDINARY, READ, type Read, STEPS } from './readScenarios.ts';

function readOf({ status, reading }: KeyState): Read {
  return {
    status,
    name: reading?.name,
    quota: reading?.quota,
    unit: JSON.parse(JSON.stringify(reading?.unit)),
    expiresAt: reading?.expiresAt,
    models: reading?.models,
  };
}

describe('every reading of the New API wire', () => {
  let gateway: SampleGateway;
  let testWindow: TestWindow;

  before(async () => {
    gateway = await startSampleGateway({ settings: BILLS_ACCOUNT });
    testWindow = new TestWindow();
    await testWindow.monitor.start();
  });

  after(async () => {
    await testWindow.close();
    await gateway.close();
  });

  for (const [scenario, differs] of Object.entries(READ)) {
    it(`${scenario}: reads exactly what the gateway holds`, async () => {
      const state = await testWindow.refreshKey(await testWindow.addKey(gateway, scenario));
      assert.deepEqual(readOf(state), { ...ORDINARY, ...differs });
      assert.equal(state.failure, undefined);
      assert.ok(!JSON.stringify(state).includes('CANARY'));
    });
  }

  for (const [scenario, [first, second]] of Object.entries(STEPS)) {
    it(`${scenario}: follows the gateway from one reading to the next`, async () => {
      const id = await testWindow.addKey(gateway, scenario);
      assert.deepEqual(readOf(await testWindow.refreshKey(id)), { ...ORDINARY, ...first });
      if (scenario === 'redis-dip') {
        gateway.spend(scenario, { quota: 5000, model: 'gpt-4.1', promptTokens: 9, completionTokens: 1 });
      }
      assert.deepEqual(readOf(await testWindow.refreshKey(id)), { ...ORDINARY, ...second });
    });
  }
});
