import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('the first day on which a key is read from the list of its account', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let window: TestWindow;

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({
      clock: clock.now,
      version: 'v0.12.7',
      scenarios: 'none',
      accounts: [
        {
          name: 'team',
          quota: 500_000_000,
          used: 20_000_000,
          keys: { a: { holds: { name: 'a', remain: 5_000_000, used: 100_000 } } },
        },
      ],
    });
    window = new TestWindow({ clock, folder: tempFolder(), storage: new MemorySecrets() });
    await window.monitor.start();
  });
  afterEach(async () => {
    await window.close();
    await gateway.close();
    removeTempFolders();
  });

  it('goes on with what was read of the key itself: one counter, watched all the time, with all its spend', async () => {
    const id = await window.addKey(gateway, 'a');
    const spendFor = async (hours: number) => {
      for (let hour = 0; hour < hours; hour++) {
        gateway.key('a').remain -= 1000;
        gateway.key('a').used += 1000;
        await advanceWindows(HOUR, clock, window);
      }
    };
    await advanceWindows(HOUR, clock, window);
    await spendFor(2);
    assert.equal(window.keyState(id).readFrom, undefined);
    const { id: userId, accessToken } = gateway.account('team');
    await window.keyService.add({
      label: 'team',
      kind: 'newApi',
      baseUrl: gateway.origin,
      credential: 'accessToken',
      secret: accessToken,
      userId: String(userId),
    });
    await spendFor(3);
    assert.ok(window.keyState(id).readFrom);
    const days = window.store.history
      .spendByDay('2026-01-01', '2027-12-31')
      .filter(({ keyId }) => keyId === id);
    assert.equal(
      new Set(window.store.history.historyRows(id, 0, clock.now()).map(({ series }) => series)).size,
      1,
    );
    assert.equal(
      days.reduce((sum, { watchedMs }) => sum + watchedMs, 0),
      6 * HOUR,
    );
    // Five times a thousand of 500,000 to the dollar.
    assert.equal(days.reduce((sum, { spent }) => sum + spent, 0).toFixed(6), '0.010000');
  });
});
