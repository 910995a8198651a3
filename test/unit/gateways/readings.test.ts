import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { World } from '../support/world.ts';
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
  let world: World;

  before(async () => {
    gateway = await startSampleGateway();
    world = new World();
    await world.monitor.start();
  });

  after(async () => {
    await world.close();
    await gateway.close();
  });

  for (const [scenario, differs] of Object.entries(READ)) {
    it(`${scenario}: reads exactly what the gateway holds`, async () => {
      const state = await world.refreshed(await world.add(gateway, scenario));
      assert.deepEqual(readOf(state), { ...ORDINARY, ...differs });
      assert.equal(state.failure, undefined);
      assert.ok(!JSON.stringify(state).includes('CANARY'));
    });
  }

  for (const [scenario, [first, second]] of Object.entries(STEPS)) {
    it(`${scenario}: follows the gateway from one reading to the next`, async () => {
      const id = await world.add(gateway, scenario);
      assert.deepEqual(readOf(await world.refreshed(id)), { ...ORDINARY, ...first });
      if (scenario === 'redis-dip') {
        gateway.spend(scenario, { quota: 5000, model: 'gpt-4.1', promptTokens: 9, completionTokens: 1 });
      }
      assert.deepEqual(readOf(await world.refreshed(id)), { ...ORDINARY, ...second });
    });
  }
});
