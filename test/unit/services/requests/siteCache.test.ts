import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('what a gateway says about its units', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let start: number;

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);
  /** When `/api/status` was asked, in hours from the start, to the tenth. */
  const hours = () =>
    gateway.callsOf({ path: '/api/status' }).map(call => Math.round(((call.at - start) / HOUR) * 10) / 10);

  beforeEach(async () => {
    clock = new ManualClock();
    start = clock.now();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    // Without focus it wakes seldom, so a day passes quickly.
    testWindow = new TestWindow({ clock, focused: false });
    await testWindow.monitor.start();
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  it('is asked once a day for all keys', async () => {
    // Pinned keys are checked every five minutes, though their figures stand still.
    const addPinned = async (handle: string) => {
      const id = await testWindow.addKey(gateway, handle);
      await testWindow.keyService.pin(testWindow.keyService.findById(id) ?? assert.fail(), true);
    };
    await addPinned('ok');
    await wait(3 * MINUTE);
    await addPinned('unused');
    await wait(47 * HOUR);
    assert.deepEqual(hours(), [0, 24]);
    // Two days of checks every five minutes.
  }).timeout(120_000);

  it('is asked again by a refresh, and shows at once', async () => {
    const id = await testWindow.addKey(gateway, 'ok');
    await wait(HOUR);
    gateway.status.quota_display_type = 'CNY';
    await wait(HOUR);
    assert.equal(testWindow.keyState(id).reading?.unit.code, 'USD');
    await testWindow.monitor.refresh([id]);
    assert.deepEqual(hours(), [0, 2]);
    assert.equal(testWindow.keyState(id).reading?.unit.code, 'CNY');
    assert.equal(testWindow.keyState(id).reading?.quota?.remaining, 1.46);
  });

  it('is kept while the gateway has trouble, and asked again half an hour later', async () => {
    gateway.status.quota_display_type = 'CNY';
    const id = await testWindow.addKey(gateway, 'ok');
    // It is checked every five minutes, though its figures stand still.
    await testWindow.keyService.pin(testWindow.keyService.findById(id) ?? assert.fail(), true);
    await wait(MINUTE);
    gateway.setReply('GET /api/status', { status: 500 });
    await testWindow.monitor.refresh([id]);
    assert.equal(testWindow.keyState(id).reading?.unit.code, 'CNY');
    await wait(29 * MINUTE);
    assert.equal(hours().length, 2);
    gateway.setReply('GET /api/status', undefined);
    await wait(23 * HOUR);
    assert.deepEqual(hours(), [0, 0, 0.5]);
  });

  for (const [name, data] of [
    ['an empty object', {}],
    ['null', null],
    ['other members', { start_time: 1 }],
  ] as const) {
    it(`is kept while the gateway tells nothing of itself: ${name}`, async () => {
      gateway.status.quota_display_type = 'CNY';
      const id = await testWindow.addKey(gateway, 'ok');
      await wait(MINUTE);
      const body = JSON.stringify({ success: true, message: '', data });
      gateway.setReply('GET /api/status', { status: 200, body });
      await testWindow.monitor.refresh([id]);
      assert.equal(testWindow.keyState(id).reading?.unit.code, 'CNY');
    });
  }

  it('is not asked for again that day where there is no such page', async () => {
    gateway.setReply('GET /api/status', { status: 404 });
    const id = await testWindow.addKey(gateway, 'ok');
    await wait(23 * HOUR);
    assert.deepEqual(hours(), [0]);
    assert.deepEqual(testWindow.keyState(id).reading?.unit, { code: 'USD', source: 'default' });
  });

  it('carries no secret', async () => {
    await testWindow.addKey(gateway, 'ok');
    await wait(MINUTE);
    const [asked] = gateway.callsOf({ path: '/api/status' });
    assert.equal(asked?.carriedSecret, false);
  });

  it('is no second question to a gateway that cannot be reached', async () => {
    const closed = await startSampleGateway();
    await closed.close();
    const id = await testWindow.addKey(closed, 'ok');
    await wait(MINUTE);
    assert.equal(testWindow.keyState(id).failure?.class, 'transient');
    assert.equal(testWindow.store.requests.sentSince(closed.origin, 'general', 0).length, 1);
    assert.equal(testWindow.store.requests.sentSince(closed.origin, 'scarce', 0).length, 1);
  });
});
