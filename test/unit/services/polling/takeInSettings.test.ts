import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { GatewaySettings } from '../../../../src/core/ports/settings.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const SOON = 3000;
const NONE: ReadonlySet<string> = new Set();

describe('changed settings', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let id: string;
  let start: number;

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);
  /** When the key was asked about, in minutes from the start, to the tenth. */
  const minutes = () =>
    gateway
      .callsOf({ path: '/api/usage/token/' })
      .map(call => Math.round(((call.at - start) / MINUTE) * 10) / 10);
  const setGateway = (settings: GatewaySettings) => {
    testWindow.settings = { ...testWindow.settings, gateways: new Map([[gateway.origin, settings]]) };
  };

  beforeEach(async () => {
    clock = new ManualClock();
    start = clock.now();
    gateway = await startSampleGateway({ clock: clock.now, scenarios: { ok: {} }, settings: BILLS_ACCOUNT });
    testWindow = new TestWindow({ clock });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
    await wait(MINUTE);
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  it('what counts as low is looked at again, without a question', async () => {
    testWindow.settings = { ...testWindow.settings, low: { percent: 70, amounts: {} } };
    await testWindow.monitor.applySettings(NONE);
    assert.equal(testWindow.keyState(id).status, 'low');
    assert.deepEqual(minutes(), [0]);
  });

  it('a shorter interval counts from the last check', async () => {
    testWindow.settings = { ...testWindow.settings, pollMs: 2 * MINUTE };
    await testWindow.monitor.applySettings(NONE);
    assert.equal(testWindow.keyState(id).nextCheckAt, new Date(start + 2 * MINUTE).toISOString());
    await wait(4 * MINUTE);
    assert.deepEqual(minutes(), [0, 2, 4]);
  });

  it('a longer interval counts from the next check', async () => {
    testWindow.settings = { ...testWindow.settings, pollMs: 30 * MINUTE };
    await testWindow.monitor.applySettings(NONE);
    await wait(40 * MINUTE);
    assert.deepEqual(minutes(), [0, 5, 35]);
  });

  it('a gateway can have an interval of its own', async () => {
    setGateway({ pollMinutes: 3 });
    await testWindow.monitor.applySettings(NONE);
    await wait(6 * MINUTE);
    assert.deepEqual(minutes(), [0, 3, 6]);
  });

  it('a shorter interval does not undo a back-off', async () => {
    gateway.setScenario('ok', { reply: { status: 500 } });
    await wait(10 * MINUTE);
    assert.deepEqual(minutes(), [0, 5, 10]);
    testWindow.settings = { ...testWindow.settings, pollMs: MINUTE };
    await testWindow.monitor.applySettings(NONE);
    await wait(8 * MINUTE);
    assert.deepEqual(minutes(), [0, 5, 10]);
  });

  it('another unit is asked for at once', async () => {
    setGateway({ unit: 'CNY' });
    await testWindow.monitor.applySettings(new Set([gateway.origin]));
    await wait(SOON);
    assert.deepEqual(testWindow.keyState(id).reading?.unit, { code: 'CNY', source: 'setting' });
    assert.equal(testWindow.keyState(id).reading?.quota?.remaining, 1.46);
    assert.deepEqual(minutes(), [0, 1]);
  });

  it('another unit of another gateway is not', async () => {
    await testWindow.monitor.applySettings(new Set(['https://gw.example']));
    await wait(SOON);
    assert.deepEqual(minutes(), [0]);
  });
});
