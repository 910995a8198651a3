import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Clock } from '../../../../src/core/ports/clock.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = '/api/usage/token/';
const BILLING = '/v1/dashboard/billing/usage';
const HANDLES = Array.from({ length: 12 }, (_, index) => `key-${index}`);

describe('after the clock was put back by an hour', () => {
  let real: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let putBackMs: number;

  beforeEach(async () => {
    real = new ManualClock();
    putBackMs = 0;
    const clock: Clock = { now: () => real.now() - putBackMs, after: real.after };
    gateway = await startSampleGateway({
      version: 'v0.12.7',
      clock: real.now,
      limits: 'real',
      scenarios: Object.fromEntries(HANDLES.map(handle => [handle, {}])),
    });
    testWindow = new TestWindow({ clock });
    await testWindow.monitor.start();
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  /** Lets time pass, half an hour of it after the clock was put back. */
  async function live(): Promise<void> {
    for (const handle of HANDLES) await testWindow.addKey(gateway, handle);
    const wait = (ms: number) => advanceWindows(ms, real, testWindow);
    await wait(1.5 * HOUR);
    putBackMs = HOUR;
    await wait(30 * MINUTE);
    assert.equal(gateway.calls.filter(({ status }) => status === 429).length, 0);
  }

  /** Minutes between the calls to a path, from the moment in which the clock was put back on. */
  function minutesBetween(path: string): readonly number[] {
    const putBackAt = real.now() - 30 * MINUTE;
    const after = gateway.callsOf({ path }).flatMap(({ at }) => (at > putBackAt ? [at] : []));
    const times = [putBackAt, ...after];
    return after.map((at, index) => Math.round((at - (times[index] ?? 0)) / MINUTE));
  }

  it('a scarce limiter is asked at its pace, no faster and no slower', async () => {
    for (const path of ['/v1/dashboard/billing/subscription', '/dashboard/billing/subscription'])
      gateway.setReply(`GET ${path}`, { status: 404, body: 'not here' });
    await live();
    const minutes = minutesBetween(USAGE);
    // Ten calls in twenty minutes, as before; one of them may be left to a person.
    assert.ok(minutes.length >= 12 && Math.min(...minutes) >= 2 && Math.max(...minutes) <= 4, `${minutes}`);
  });

  it('what billing tells is known as before, and need not be found out again by scarce calls', async () => {
    await live();
    const [first, ...others] = minutesBetween(BILLING);
    assert.equal(first, 0);
    assert.ok(Math.max(...others) <= 5, `${others}`);
  });
});
