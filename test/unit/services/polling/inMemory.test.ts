import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { storeKeys } from '../../support/storedKeys.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = { path: '/api/usage/token/' };
const HANDLES = Array.from({ length: 15 }, (_, index) => `key-${index}`);

describe('a window whose database cannot be opened', function () {
  this.timeout(120_000);

  let clock: ManualClock;
  let gateway: SampleGateway;
  const windows: TestWindow[] = [];
  let folder: string;

  const wait = (ms: number) => advanceWindows(ms, clock, ...windows);
  const times = () => gateway.callsOf(USAGE).map(({ at }) => at);
  const mostIn20 = () =>
    Math.max(...times().map(from => times().filter(at => at >= from && at < from + 20 * MINUTE).length));
  const refused = () => gateway.calls.filter(({ status }) => status === 429).length;

  async function open(focused = true): Promise<TestWindow> {
    const window = new TestWindow({ clock, folder, focused, newSites: true });
    windows.push(window);
    assert.deepEqual([window.store.shared, window.store.trouble?.kind], [false, 'unwritable']);
    const { origin } = gateway;
    await storeKeys(
      window,
      HANDLES.map(handle => ({ id: handle, origin, handle })),
      clock.now(),
    );
    await window.monitor.start();
    return window;
  }

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({
      clock: clock.now,
      version: 'v0.12.0',
      limits: 'real',
      scenarios: Object.fromEntries(HANDLES.map(handle => [handle, {}])),
      settings: BILLS_ACCOUNT,
    });
    // A file where the folder should be.
    folder = join(tempFolder(), 'file');
    writeFileSync(folder, '');
  });

  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
    await gateway.close();
    removeTempFolders();
  });

  it('asks within the same budget, also where there are several such windows', async () => {
    await open();
    for (let others = 0; others < 2; others++) await open(false);
    await wait(HOUR);
    assert.equal(refused(), 0);
    assert.ok(mostIn20() <= 10, `${mostIn20()} calls in twenty minutes`);
    assert.ok(times().length >= 12, `${times().length} calls`);
  });

  it('learns its share from a refusal, and waits as long as it was told', async () => {
    const window = await open();
    await wait(HOUR);
    for (let call = 0; call < 20; call++) gateway.limiters.critical?.take('127.0.0.1');
    await wait(20 * MINUTE);
    const { origin } = gateway;
    const share = window.store.shares.shareOf(origin, 'scarce');
    assert.ok(share?.refusal && share.share <= 0.25, JSON.stringify(share));
    assert.equal(refused(), 1);
    const now = clock.now();
    window.store.transaction(() => window.store.requests.holdLimiter(origin, 'scarce', now + HOUR, now));
    const before = times().length;
    await wait(HOUR - MINUTE);
    assert.equal(times().length, before);
  });

  it('queues what a person asks, which is made by itself within the budget', async () => {
    const window = await open();
    await wait(2 * HOUR);
    const last = gateway.callsOf(USAGE).at(-1)?.key ?? '';
    const before = times().length;
    const { held } = await window.monitor.refresh();
    const until = held.get(last) ?? assert.fail('there was room for all');
    assert.ok(times().length - before <= 10);
    assert.ok(until > clock.now());
    await wait(HOUR);
    const asked = HANDLES.filter(handle =>
      gateway.callsOf({ ...USAGE, key: handle }).some(({ at }) => at >= clock.now() - HOUR),
    );
    assert.deepEqual(asked, HANDLES);
    assert.ok(mostIn20() <= 10, `${mostIn20()} calls in twenty minutes`);
    assert.equal(refused(), 0);
  });
});
