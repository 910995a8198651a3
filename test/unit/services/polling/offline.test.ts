import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { GatewayError } from '../../../../src/core/quota/failure.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('a machine without a network', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let window: TestWindow;
  let isOnline: boolean;

  const wait = (ms: number) => advanceWindows(ms, clock, window);
  const break_ = () => {
    for (const path of new Set(gateway.calls.map(({ path }) => path)))
      gateway.setReply(`GET ${path}`, { status: 0, delivery: { how: 'reset' } });
  };

  beforeEach(async () => {
    isOnline = true;
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now });
    window = new TestWindow({ clock, folder: tempFolder(), isReachable: () => isOnline });
    await window.monitor.start();
  });

  afterEach(async () => {
    await window.close();
    await gateway.close();
    removeTempFolders();
  });

  it('says so of a key once its check is overdue, whatever failed before, and checks it when it is back', async () => {
    const id = await window.addKey(gateway, 'ok');
    await wait(MINUTE);
    break_();
    await wait(11 * MINUTE);
    assert.equal(window.keyState(id).failure?.reason, 'connection-broken');
    isOnline = false;
    await wait(30 * MINUTE);
    const { status, failure, nextCheckAt } = window.keyState(id);
    assert.deepEqual([status, failure?.reason, nextCheckAt], ['stale', 'offline', undefined]);
    assert.match(failure?.message ?? '', /^This machine has no network connection to /);
    for (const path of new Set(gateway.calls.map(({ path }) => path)))
      gateway.setReply(`GET ${path}`, undefined);
    isOnline = true;
    await wait(MINUTE);
    assert.deepEqual([window.keyState(id).status, window.keyState(id).failure], ['ok', undefined]);
  });

  it('leaves what the gateway said of a key', async () => {
    const id = await window.addKey(gateway, 'disabled-401');
    await wait(MINUTE);
    const before = window.keyState(id).status;
    isOnline = false;
    // It is asked again after four hours.
    await wait(5 * 60 * MINUTE);
    assert.equal(before, 'disabled');
    assert.equal(window.keyState(id).status, before);
  });

  it('blames no gateway for a check that a person asks for', async () => {
    const id = await window.addKey(gateway, 'ok');
    await window.refreshKey(id);
    break_();
    gateway.setReply('GET /api/log/token', { status: 0, delivery: { how: 'reset' } });
    isOnline = false;
    await window.refreshKey(id);
    assert.equal(window.keyState(id).failure?.reason, 'offline');
    const key = window.keyService.findById(id) ?? assert.fail();
    await assert.rejects(
      window.keyRequests.run(key, 'rangeByKey', (kind, context) =>
        kind.readUsage
          ? kind.readUsage(context, { from: clock.now() - MINUTE, to: clock.now() })
          : assert.fail(),
      ),
      (error: GatewayError) => error.failure.reason === 'offline',
    );
  });
});
