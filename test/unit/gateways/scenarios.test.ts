import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { FailureClass } from '../../../src/core/quota/failure.ts';
import { scenarios } from '../../sampleGateways/scenarios/scenarios.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../sampleGateways/settings.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MINUTE } from '../support/samples.ts';
import { TestWindow } from '../support/testWindow.ts';
import { READ, STEPS } from './readScenarios.ts';
import { REFUSED, SLOW } from './refusedScenarios.ts';

/** For a key that has worked, these count when they are said again. */
const LASTING: ReadonlySet<FailureClass> = new Set(['bad-key', 'disabled']);

/** What a key of 100,000 units (of 150,000) reads before the scenario, at 500,000 units a dollar. */
const KEPT = { granted: 0.3, used: 0.1, remaining: 0.2 };

describe('every refusal and fault of the New API wire', () => {
  let gateway: SampleGateway;
  let elsewhere: SampleGateway;
  let testWindow: TestWindow;
  const clock = new ManualClock();

  before(async () => {
    elsewhere = await startSampleGateway();
    gateway = await startSampleGateway({ elsewhere: elsewhere.origin, settings: BILLS_ACCOUNT });
    testWindow = new TestWindow({ clock });
    await testWindow.monitor.start();
  });

  after(async () => {
    await testWindow.close();
    await gateway.close();
    await elsewhere.close();
    assert.deepEqual(elsewhere.calls, [], 'no request ever reached another origin');
  });

  for (const [scenario, expected] of Object.entries(REFUSED)) {
    it(`${scenario}: keeps the last reading and says what to do`, async () => {
      gateway.setScenario('ok', 'ok');
      const id = await testWindow.addKey(gateway, 'ok', { label: `Key ${scenario.replace(/\d{3}/g, '')}` });
      assert.deepEqual((await testWindow.refreshKey(id)).reading?.quota, { unlimited: false, ...KEPT });

      gateway.setScenario('ok', scenario);
      let state = await testWindow.refreshKey(id);
      if (LASTING.has(expected.failure)) {
        assert.deepEqual([state.failure?.class, state.status], ['transient', 'ok'], 'it does not count yet');
        clock.jump(10 * MINUTE);
        state = await testWindow.refreshKey(id);
      }
      assert.equal(state.failure?.class, expected.failure);
      assert.equal(state.status, expected.status);
      assert.match(state.failure?.message ?? '', expected.says);
      assert.deepEqual(state.reading?.quota, { unlimited: false, ...KEPT }, 'the last good reading is kept');
      const told = JSON.stringify(state) + testWindow.logLines.join('\n');
      assert.ok(!told.includes('CANARY'), 'no secret in what is told');
      assert.doesNotMatch(state.failure?.message ?? '', /sk-|<html|\u202E/);
      await testWindow.keyService.remove(testWindow.keyService.findById(id) ?? assert.fail());
    });
  }

  for (const scenario of SLOW) {
    it(`${scenario}: gives up after the timeout`, async () => {
      gateway.setScenario('ok', 'ok');
      const id = await testWindow.addKey(gateway, 'ok');
      await testWindow.refreshKey(id);
      gateway.setScenario('ok', scenario);
      testWindow.settings = { ...testWindow.settings, timeoutMs: 150 };
      const state = await testWindow.refreshKey(id);
      testWindow.settings = { ...testWindow.settings, timeoutMs: 5000 };
      assert.equal(state.failure?.class, 'transient');
      assert.match(state.failure?.message ?? '', /did not answer in time/);
      assert.equal(state.reading?.quota?.remaining, KEPT.remaining);
      await testWindow.keyService.remove(testWindow.keyService.findById(id) ?? assert.fail());
    });
  }
});

it('every scenario of the sample gateway has its test', () => {
  const tested = [READ, STEPS, REFUSED].flatMap(table => Object.keys(table));
  // Keys with healthy figures that cannot be used: `usability.test.ts`.
  const unusable = ['ip-restricted', 'expires-db-0'];
  assert.deepEqual([...tested, ...SLOW, ...unusable].sort(), Object.keys(scenarios).sort());
});
