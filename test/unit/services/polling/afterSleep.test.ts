import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const SECOND = 1000;
const USAGE = { path: '/api/usage/token/' };

describe('a window whose key a failing gateway has put off', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let id: string;

  const calls = () => gateway.callsOf(USAGE).length;
  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);

  async function putOff(scenario: string, untilMinute: number): Promise<void> {
    id = await testWindow.addKey(gateway, 'ok');
    await wait(MINUTE);
    gateway.setScenario('ok', scenario);
    await wait((untilMinute - 1) * MINUTE);
    gateway.setScenario('ok', 'ok');
  }

  /** Asked at the beginning, and after 5, 10 and 20 minutes in vain; the next time would be after 40. */
  const putOffByFailures = () => putOff('empty-500', 25);

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    testWindow = new TestWindow({ clock });
    await testWindow.monitor.start();
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  it('asks at once after the machine was asleep', async () => {
    await putOffByFailures();
    assert.equal(calls(), 4);
    // Awake, it looks every second; nobody looked for these five minutes.
    clock.jump(5 * MINUTE);
    await wait(2 * SECOND);
    assert.equal(calls(), 5);
    assert.equal(testWindow.keyState(id).failure, undefined);
  });

  it('waits its time while it is awake, and after a moment that was no sleep', async () => {
    await putOffByFailures();
    await wait(4 * MINUTE);
    clock.jump(MINUTE - SECOND);
    await wait(2 * SECOND);
    assert.equal(calls(), 4);
  });

  it('does not ask what a gateway has told it not to', async () => {
    // Asked at the beginning, and after 5 minutes, when it was told to wait for another 20.
    await putOff('429-retry-after:1200', 15);
    assert.equal(calls(), 2);
    clock.jump(5 * MINUTE);
    await wait(2 * SECOND);
    assert.equal(calls(), 2);
  });
});
