import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { Office } from '../../support/office.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { seededChance } from '../../support/seededChance.ts';
import { storeKeys } from '../../support/storedKeys.ts';
import { TestWindow, type TestWindowOptions } from '../../support/testWindow.ts';

const USAGE = { path: '/api/usage/token/' };
const CLIENT = '127.0.0.1';

describe('an address that others ask from', () => {
  let gateway: SampleGateway;
  const testWindows: TestWindow[] = [];

  afterEach(async () => {
    for (const testWindow of testWindows.splice(0)) await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  async function editor(clock: ManualClock, seed: number, more: TestWindowOptions = {}): Promise<TestWindow> {
    const testWindow = new TestWindow({ clock, chance: seededChance(seed), newSites: true, ...more });
    testWindows.push(testWindow);
    const { origin } = gateway;
    const keys = Array.from({ length: 8 }, (_, index) => ({
      id: `${seed}-${index}`,
      origin,
      handle: `key-${index}`,
    }));
    await storeKeys(testWindow, keys, clock.now());
    await testWindow.monitor.start();
    return testWindow;
  }

  /** By default billing tells the account’s figures, so that there is no other way than the scarce one. */
  async function open(clock: ManualClock, displayTokenStat = false): Promise<void> {
    const scenarios = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`key-${index}`, { holds: { used: 10_000 + index } }]),
    );
    gateway = await startSampleGateway({
      clock: clock.now,
      limits: 'real',
      scenarios,
      settings: { displayTokenStat },
    });
  }

  it('is that of two editors on one machine: each has a database of its own, and yields to the other', async function () {
    this.timeout(120_000);
    const clock = new ManualClock();
    await open(clock);
    // Somebody who fills what is left of the limiter, as a person does who logs in again and again.
    const editors = [await editor(clock, 1), await editor(clock, 2)];
    for (let call = 0; call < 12; call++) gateway.limiters.critical?.take(CLIENT);
    await advanceWindows(2 * HOUR, clock, ...editors);
    const refusedAt = gateway.callsOf(USAGE).filter(({ status }) => status === 429);
    assert.ok(refusedAt.length > 0, 'nobody was refused');
    const before = gateway.callsOf(USAGE).length;
    await advanceWindows(4 * HOUR, clock, ...editors);
    const later = gateway.callsOf(USAGE).slice(before);
    assert.deepEqual(
      later.filter(({ status }) => status === 429),
      [],
    );
    for (const { store } of editors) {
      const share = store.shares.shareOf(gateway.origin, 'scarce');
      assert.ok(share !== undefined && share.share <= 1);
    }
    assert.ok(
      editors.some(({ store }) => store.shares.shareOf(gateway.origin, 'scarce')?.refusal),
      'nobody has learnt from it',
    );
  });

  it('is told in the log and of each key, and comes back after a restart', async () => {
    const clock = new ManualClock();
    await open(clock);
    for (let call = 0; call < 20; call++) gateway.limiters.critical?.take(CLIENT);
    const shared = { folder: tempFolder(), storage: new MemorySecrets() };
    const first = await editor(clock, 1, shared);
    await advanceWindows(25 * MINUTE, clock, first);
    const line = first.logLines.filter(each => each.startsWith(`Others ask ${gateway.origin}`));
    assert.equal(line.length, 1);
    const { sharedAddress } = first.keyState('1-0');
    assert.ok((sharedAddress?.everyMinutes ?? 0) > 100, `${sharedAddress?.everyMinutes}`);
    await first.close();
    testWindows.splice(0);
    const second = new TestWindow({ clock, chance: seededChance(3), ...shared });
    testWindows.push(second);
    await second.monitor.start();
    assert.deepEqual(second.keyState('1-0').sharedAddress, sharedAddress);
  });

  for (const [what, isAnswered, scarceCalls, minutes] of [
    ['answers', true, 2, 30],
    ['is closed', false, 1, 75],
  ] as const) {
    it(`that is full costs ${scarceCalls} calls in ${minutes} minutes where billing ${what}`, async function () {
      this.timeout(120_000);
      const clock = new ManualClock();
      await open(clock, true);
      if (!isAnswered)
        for (const prefix of ['', '/v1'])
          gateway.setReply(`GET ${prefix}/dashboard/billing/subscription`, { status: 404, body: 'not here' });
      for (let call = 0; call < 20; call++) gateway.limiters.critical?.take(CLIENT);
      const testWindow = await editor(clock, 1);
      await advanceWindows(minutes * MINUTE, clock, testWindow);
      // The first was refused; a second one tells of all keys that billing tells their figures.
      assert.equal(gateway.callsOf(USAGE).length, scarceCalls);
      const without = testWindow.monitor.snapshot.filter(({ reading }) => !reading).length;
      assert.equal(without, isAnswered ? 0 : 8);
    });
  }

  it('is asked at even distances by each machine', async function () {
    this.timeout(120_000);
    const clock = new ManualClock();
    await open(clock, true);
    const testWindow = await editor(clock, 1);
    await advanceWindows(HOUR, clock, testWindow);
    const start = clock.now();
    await advanceWindows(4 * HOUR, clock, testWindow);
    const times = gateway.callsOf({ path: '/v1/dashboard/billing/usage' }).map(({ at }) => at);
    const counts = times
      .filter(at => at >= start)
      .map(at => times.filter(other => other >= at && other < at + 3 * MINUTE).length);
    // Eight keys in nine minutes are 2.7 calls in three.
    assert.ok(Math.max(...counts) <= 4, `${Math.max(...counts)} calls in three minutes`);
  });

  it('is never a reason to lock a lone machine out: it has every figure soon, and then its whole half', async () => {
    const clock = new ManualClock();
    await open(clock);
    const alone = await editor(clock, 1);
    await advanceWindows(MINUTE, clock, alone);
    assert.equal(gateway.callsOf(USAGE).length, 1);
    // One call, two after five minutes, four after ten, eight after fifteen, two minutes apart.
    await advanceWindows(21 * MINUTE, clock, alone);
    assert.ok(alone.monitor.snapshot.every(({ reading }) => reading));
    await advanceWindows(24 * MINUTE, clock, alone);
    assert.equal(alone.store.shares.shareOf(gateway.origin, 'scarce')?.share, 1);
    assert.equal(alone.keyState('1-0').sharedAddress, undefined);
  });
});

describe('an office behind one address', () => {
  it('has a figure for every key, and asks the ample limiter evenly, where billing is open', async function () {
    this.timeout(120_000);
    const office = await Office.open({ machines: 12, keys: 12, keysEach: 5, logins: 24, billing: 'open' });
    try {
      const { withoutFigure, refusedLogins, mostGeneral } = await office.day(11 * HOUR);
      assert.deepEqual([withoutFigure, refusedLogins], [0, 0]);
      // Three tenths of the machines of an office that may ask 120 times, and some more that chance does to few.
      assert.ok(mostGeneral <= 42, `${mostGeneral} calls in three minutes`);
    } finally {
      await office.close();
    }
  });

  it('takes less and less from the people who log in', async function () {
    this.timeout(120_000);
    const office = await Office.open({ machines: 12, keys: 12, keysEach: 4, logins: 40, billing: 'closed' });
    try {
      const first = await office.day(14 * HOUR);
      const later = await office.day(14 * HOUR);
      // Each machine alone would ask some ten times in twenty minutes.
      assert.ok(first.scarceCalls < 400, `${first.scarceCalls} calls`);
      assert.ok(first.refusedCalls < 0.25 * first.scarceCalls, `${first.refusedCalls} refused`);
      assert.ok(later.refusedCalls <= 0.1 * later.scarceCalls, `${later.refusedCalls} refused later`);
      assert.ok(later.refusedLogins <= 2, `${later.refusedLogins} logins refused later`);
    } finally {
      await office.close();
    }
  });
});
