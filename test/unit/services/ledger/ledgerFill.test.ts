import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { LedgerFill } from '../../../../src/services/ledger/ledgerFill.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { seededChance } from '../../support/seededChance.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { TestWindow, type TestWindowOptions } from '../../support/testWindow.ts';

const LOG = '/api/log/token';

describe('filling the ledger in the background', () => {
  const setups: TestSetup[] = [];
  const fills: LedgerFill[] = [];

  afterEach(async () => {
    for (const fill of fills.splice(0)) fill.dispose();
    for (const setup of setups.splice(0)) await setup.close();
  });

  async function open(gateway: GatewayOptions = {}, window: TestWindowOptions = {}): Promise<TestSetup> {
    // A window without focus looks once a minute, which is often enough for a week.
    const setup = await TestSetup.open(
      { limits: 'real', ...gateway },
      { focused: false, settings: { pollMs: 20 * MINUTE }, ...window },
    );
    setups.push(setup);
    return setup;
  }

  async function start(setup: TestSetup, window: TestWindow = setup.testWindow): Promise<LedgerFill> {
    await window.monitor.start();
    const fill = new LedgerFill(window.parts);
    fills.push(fill);
    return fill;
  }

  async function advance(setup: TestSetup, ms: number, ...running: readonly LedgerFill[]): Promise<void> {
    await setup.clock.advance(ms, async () => {
      await setup.testWindow.monitor.idle();
      for (const fill of running) await fill.idle();
      await turn();
    });
  }

  /** What the ledger has of a key, in raw units. */
  function inLedger({ testWindow }: TestSetup, id: string, from: number, to: number): number {
    const cells = testWindow.store.ledger.cellsOf(id, 'keyLog', { from, to });
    return cells.reduce((sum, { raw }) => sum + raw, 0);
  }

  it('keeps all spend of a week of a key that writes 3,000 rows a day', async () => {
    const setup = await open({ scenarios: { busy: { holds: { remain: 5_000_000_000, used: 0 } } } });
    const { gateway, clock, testWindow } = setup;
    const chance = seededChance(19);
    const from = clock.now();
    gateway.spend('busy', { quota: 100 });
    const id = await testWindow.addKey(gateway, 'busy');
    const fill = await start(setup);
    // Ten busy hours a day, with 300 rows in each, at any second.
    while (clock.now() < from + 7 * DAY) {
      const isBusy = new Date(clock.now()).getUTCHours() < 10;
      for (let minute = 0; minute < 10; minute++) {
        for (let row = 0; isBusy && row < 5; row++)
          gateway.spend('busy', {
            quota: 1 + Math.floor(chance() * 5000),
            model: `m${Math.floor(chance() * 3)}`,
          });
        await advance(setup, MINUTE, fill);
      }
    }
    // A quiet day more, within which the log is read again.
    await advance(setup, DAY, fill);
    const spent = gateway.ledger.sum({ key: 'busy' });
    assert.equal(spent.requests, 21_001);
    assert.equal(inLedger(setup, id, 0, clock.now()), spent.quota);
    const [covered, ...others] = testWindow.store.ledger.coverageOf(id);
    assert.deepEqual(others, []);
    assert.equal(covered?.from, 0);
    const last = gateway.ledger.entries.at(-1)?.at ?? 0;
    assert.ok((covered?.to ?? 0) > last * 1000);
    assert.deepEqual(
      gateway.calls.filter(({ status }) => status === 429),
      [],
    );
  }).timeout(120_000);

  const asked = ({ gateway }: TestSetup, key?: string) => gateway.callsOf({ path: LOG, ...(key && { key }) });

  it('reads the log of a new key once, and takes in what it has of the time before', async () => {
    const setup = await open({ scenarios: { used: { holds: { remain: 5_000_000, used: 0 } } } });
    const { gateway, clock, testWindow } = setup;
    const monthAgo = Math.floor((NOW - 30 * DAY) / 1000);
    for (let day = 0; day < 30; day++)
      gateway.spend('used', { quota: 1000 + day, at: monthAgo + day * 86_400 });
    const id = await testWindow.addKey(gateway, 'used');
    const fill = await start(setup);
    await advance(setup, 10 * MINUTE, fill);
    assert.equal(asked(setup).length, 1);
    // 30 * 1000 + 0 + 1 + … + 29
    assert.equal(inLedger(setup, id, 0, clock.now()), 30_435);
    assert.equal(testWindow.store.logTries.tryOf(id)?.failures, 0);
    await advance(setup, 3 * DAY, fill);
    assert.equal(asked(setup).length, 1);
    assert.ok(gateway.calls.length > 100);
  }).timeout(120_000);

  it('looks with the focus within 20 seconds after a window got it, and only then', async () => {
    const setup = await open({ scenarios: { used: { holds: { remain: 5_000_000, used: 0 } } } });
    const { gateway, testWindow } = setup;
    gateway.spend('used', { quota: 1000 });
    const id = await testWindow.addKey(gateway, 'used');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    // After the look of a window without focus, five seconds after the minute.
    await advance(setup, 6000);
    testWindow.focused = false;
    // Closed, it does not begin.
    const closed = await start(setup);
    closed.dispose();
    testWindow.gainFocus();
    await advance(setup, MINUTE, closed);
    assert.equal(asked(setup).length, 0);
    testWindow.focused = false;
    const fill = await start(setup);
    testWindow.gainFocus();
    await advance(setup, 13_999, fill);
    assert.equal(asked(setup).length, 0);
    await advance(setup, 1, fill);
    assert.equal(asked(setup).length, 1);
  });

  it('tries again at the moment at which there may be room', async () => {
    const setup = await open({ scenarios: { fine: {} } });
    const { gateway, testWindow, clock } = setup;
    const id = await testWindow.addKey(gateway, 'fine');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    testWindow.store.transaction(() => {
      for (let call = 0; call < 4; call++)
        testWindow.store.requests.addCall(gateway.origin, 'scarce', NOW - 18 * MINUTE + 7000);
    });
    const fill = await start(setup);
    await advance(setup, 3 * MINUTE, fill);
    assert.deepEqual(
      asked(setup).map(({ at }) => at - NOW),
      [2 * MINUTE + 7000],
    );
    assert.equal(clock.now(), NOW + 3 * MINUTE);
  });

  it('asks nothing of a key that was never used', async () => {
    const setup = await open({ scenarios: { unused: { holds: { remain: 5_000_000, used: 0 } } } });
    await setup.testWindow.addKey(setup.gateway, 'unused');
    const fill = await start(setup);
    await advance(setup, 2 * HOUR, fill);
    assert.deepEqual(asked(setup), []);
  });

  it('asks nothing of a key that is paused, or that its gateway does not let in', async () => {
    const setup = await open({ scenarios: { fine: {}, off: {} } });
    const { gateway, testWindow } = setup;
    const fine = await testWindow.addKey(gateway, 'fine');
    const off = await testWindow.addKey(gateway, 'off');
    await testWindow.monitor.start();
    for (const id of [fine, off]) await testWindow.refreshKey(id);
    testWindow.store.transaction(() => testWindow.store.keys.setPaused(fine, NOW));
    gateway.setScenario('off', { holds: { status: 'disabled' } });
    await testWindow.refreshKey(off);
    await advance(setup, HOUR);
    assert.equal(testWindow.keyState(off).status, 'disabled');
    const fill = await start(setup);
    await advance(setup, 2 * HOUR, fill);
    assert.deepEqual(asked(setup), []);
  });

  it('asks nothing while nobody would see it, or the network leads nowhere', async () => {
    for (const more of [{ isWatched: () => false }, { isReachable: () => false }]) {
      const setup = await open({ scenarios: { fine: {} } });
      const id = await setup.testWindow.addKey(setup.gateway, 'fine');
      await setup.testWindow.monitor.start();
      await setup.testWindow.refreshKey(id);
      const fill = new LedgerFill({ ...setup.testWindow.parts, ...more });
      fills.push(fill);
      await advance(setup, HOUR, fill);
      assert.deepEqual(asked(setup), [], Object.keys(more)[0]);
    }
  });

  it('reads a log once in all windows', async () => {
    const setup = await open({ scenarios: { fine: {} } });
    const { folder, storage } = setup.testWindow;
    const windows = [1, 2].map(() => new TestWindow({ clock: setup.clock, folder, storage, focused: false }));
    try {
      await setup.testWindow.addKey(setup.gateway, 'fine');
      const running = [await start(setup)];
      for (const window of windows) running.push(await start(setup, window));
      await advance(setup, HOUR, ...running);
      assert.equal(asked(setup).length, 1);
    } finally {
      for (const fill of fills) fill.dispose();
      for (const window of windows) await window.close();
    }
  });

  /** A window whose key changes while the answer to the log is under way. */
  async function fillDuring(change: (window: TestWindow, id: string) => void): Promise<[TestSetup, string]> {
    const setup = await open({ scenarios: { fine: {} } });
    const { gateway, testWindow } = setup;
    const id = await testWindow.addKey(gateway, 'fine');
    gateway.spend('fine', { quota: 1000 });
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    const { transport } = testWindow.parts;
    const fill = new LedgerFill({
      ...testWindow.parts,
      transport: async request => {
        const answer = await transport(request);
        change(testWindow, id);
        return answer;
      },
    });
    fills.push(fill);
    await advance(setup, 5 * MINUTE, fill);
    assert.equal(asked(setup).length, 1);
    return [setup, id];
  }

  it('takes in nothing for a key that was given another secret meanwhile', async () => {
    const [{ testWindow }, id] = await fillDuring(({ store }, key) =>
      store.transaction(() => store.keys.setFingerprint(key, 'another')),
    );
    assert.deepEqual(testWindow.store.ledger.spendByDay('2026-06-01', '2026-06-30'), []);
    assert.equal(testWindow.store.logTries.tryOf(id)?.failures, 1);
  });

  it('takes in nothing for a key that was removed meanwhile', async () => {
    const [{ testWindow }] = await fillDuring(({ store }, key) =>
      store.transaction(() => store.keys.removeKey(key)),
    );
    assert.deepEqual(testWindow.store.ledger.spendByDay('2026-06-01', '2026-06-30'), []);
    assert.deepEqual(
      testWindow.logLines.filter(line => line.includes('ledger') || line.includes('not read')),
      [],
    );
  });

  it('asks nothing more where all that moved since the reading was told', async () => {
    const setup = await open({ scenarios: { fine: {} } });
    const { gateway, testWindow, clock } = setup;
    const id = await testWindow.addKey(gateway, 'fine');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    clock.jump(30_000);
    gateway.spend('fine', { quota: 1000, at: Math.floor(clock.now() / 1000) });
    const fill = await start(setup);
    await advance(setup, 3 * DAY, fill);
    assert.equal(inLedger(setup, id, 0, clock.now()), 1000);
    assert.equal(asked(setup).length, 1);
  }).timeout(120_000);

  it('asks in the window with the focus alone where windows do not share a database', async () => {
    const setup = await open({ scenarios: { fine: {} } });
    const { testWindow, gateway } = setup;
    const id = await testWindow.addKey(gateway, 'fine');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    const store = new Proxy(testWindow.store, {
      get(target, name) {
        if (name === 'shared') return false;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const fill = new LedgerFill({ ...testWindow.parts, store });
    fills.push(fill);
    await advance(setup, HOUR, fill);
    assert.deepEqual(asked(setup), []);
    testWindow.focused = true;
    await advance(setup, 5 * MINUTE, fill);
    assert.equal(asked(setup).length, 1);
  });

  it('asks again an hour after a log that could not be read, and says why', async () => {
    const setup = await open({ scenarios: { fine: {} } });
    setup.gateway.setReply(`GET ${LOG}`, { status: 500, body: 'no' });
    await setup.testWindow.addKey(setup.gateway, 'fine');
    const fill = await start(setup);
    await advance(setup, 59 * MINUTE, fill);
    assert.equal(asked(setup).length, 1);
    assert.match(setup.testWindow.logLines.join('\n'), /The log of “fine” was not read: transient/);
    setup.gateway.setReply(`GET ${LOG}`, undefined);
    await advance(setup, 15 * MINUTE, fill);
    assert.equal(asked(setup).length, 2);
  });

  it('asks a week later where the log is empty though the key was used', async () => {
    const setup = await open({
      version: 'v0.9.0',
      scenarios: { fine: { holds: { remain: 500_000, used: 500_000 } } },
    });
    const { gateway, testWindow } = setup;
    await testWindow.addKey(gateway, 'fine');
    const fill = await start(setup);
    await advance(setup, 6 * DAY, fill);
    gateway.spend('fine', { quota: 1000 });
    await advance(setup, HOUR, fill);
    assert.equal(asked(setup).length, 1);
    await advance(setup, DAY, fill);
    assert.equal(asked(setup).length, 2);
  }).timeout(120_000);

  it('reads what an account spent, from where it knows it on', async () => {
    const setup = await open({
      accounts: [{ name: 'team', quota: 50_000_000, used: 0, keys: { one: {}, two: {} } }],
    });
    const { gateway, testWindow, clock } = setup;
    const second = (ms: number) => Math.floor(ms / 1000);
    gateway.spend('one', { quota: 700, at: second(NOW - 3 * DAY) });
    gateway.spend('two', { quota: 50, at: second(NOW - HOUR) });
    const id = await testWindow.keyService.add(setup.account('team'));
    const fill = await start(setup);
    await advance(setup, HOUR, fill);
    const told = () =>
      testWindow.store.ledger
        .cellsOf(id, 'accountLog', { from: 0, to: clock.now() })
        .reduce((sum, { raw }) => sum + raw, 0);
    assert.equal(told(), 750);
    gateway.spend('one', { quota: 9, at: second(clock.now()) });
    await advance(setup, DAY, fill);
    assert.equal(told(), 759);
    const starts = gateway
      .callsOf({ path: '/api/log/self' })
      .flatMap(({ search }) => new URLSearchParams(search).get('start_timestamp') ?? []);
    const [first, last] = [Number(starts[0]), Number(starts.at(-1))];
    assert.equal(first, second(NOW - 38 * DAY));
    assert.ok(last > second(NOW) - 900 && last <= second(NOW) + 900, `${last - second(NOW)}`);
  }).timeout(120_000);

  describe('of an account', () => {
    const DOLLAR = 500_000;
    const second = (ms: number) => Math.floor(ms / 1000);

    /** A dollar at eleven on each of some days before. */
    async function openTeam(days: number): Promise<readonly [TestSetup, string]> {
      const setup = await open({
        accounts: [{ name: 'team', quota: 1000 * DOLLAR, used: 0, keys: { one: {} } }],
      });
      for (let day = days - 1; day >= 0; day--)
        setup.gateway.spend('one', { quota: DOLLAR, at: second(NOW - day * DAY - HOUR) });
      return [setup, await setup.testWindow.keyService.add(setup.account('team'))];
    }
    const covered = ({ testWindow }: TestSetup, id: string) =>
      testWindow.store.ledger.coverageOf(id).map(({ from, to }) => [from - NOW, to - NOW]);
    async function ask({ testWindow, clock }: TestSetup, id: string, from: number): Promise<void> {
      await queryUsage(testWindow, testWindow.keyService.findById(id) ?? assert.fail(), {
        from,
        to: clock.now(),
      });
    }

    it('reads what was before a range that somebody asked about', async () => {
      const [setup, id] = await openTeam(20);
      await setup.testWindow.monitor.start();
      await setup.testWindow.refreshKey(id);
      await ask(setup, id, NOW - 12 * HOUR);
      assert.deepEqual(covered(setup, id), [[-12 * HOUR, -1000]]);
      const fill = await start(setup);
      await advance(setup, HOUR, fill);
      const [only, ...others] = covered(setup, id);
      assert.deepEqual([only?.[0], others], [-38 * DAY, []]);
    }).timeout(120_000);

    it('reads the days on which nothing ran, though a later one was asked about first', async () => {
      const [setup, id] = await openTeam(5);
      const fill = await start(setup);
      await advance(setup, HOUR, fill);
      fill.dispose();
      setup.clock.jump(3 * DAY);
      setup.gateway.spend('one', { quota: DOLLAR });
      await ask(setup, id, NOW + 2.5 * DAY);
      assert.equal(covered(setup, id).length, 2);
      const again = await start(setup);
      setup.gateway.spend('one', { quota: DOLLAR });
      await advance(setup, DAY + HOUR, again);
      assert.equal(covered(setup, id).length, 1);
    }).timeout(120_000);

    it('reads rows once, though one of them cannot be read', async () => {
      const [setup, id] = await openTeam(5);
      setup.gateway.holdings.write('one', { type: 2, quota: -5, at: second(NOW - 2 * DAY) });
      const fill = await start(setup);
      await advance(setup, HOUR, fill);
      assert.deepEqual(covered(setup, id), [
        [-38 * DAY, -2 * DAY],
        // Read at the look of a minute and five seconds, up to the second before.
        [-2 * DAY + 15 * MINUTE, 64_000],
      ]);
      setup.gateway.spend('one', { quota: 1 });
      await advance(setup, DAY, fill);
      const starts = setup.gateway
        .callsOf({ path: '/api/log/self' })
        .flatMap(({ search }) => new URLSearchParams(search).get('start_timestamp') ?? []);
      assert.equal(Number(starts.at(-1)), second(NOW));
    }).timeout(120_000);

    it('covers nothing before the first row of a log whose older rows the gateway has deleted', async () => {
      const [setup, id] = await openTeam(5);
      setup.gateway.account('team').used += 90 * DOLLAR;
      const fill = await start(setup);
      await advance(setup, HOUR, fill);
      assert.deepEqual(covered(setup, id)[0]?.[0], -4 * DAY - HOUR);
    }).timeout(120_000);

    it('covers the time before its first row where the log goes back further', async () => {
      const [setup, id] = await openTeam(5);
      setup.gateway.spend('one', { quota: 90 * DOLLAR, at: second(NOW - 100 * DAY) });
      const fill = await start(setup);
      await advance(setup, HOUR, fill);
      assert.deepEqual(covered(setup, id)[0]?.[0], -38 * DAY);
    }).timeout(120_000);

    it('covers nothing of a log without rows where the account has spent', async () => {
      const [setup, id] = await openTeam(0);
      setup.gateway.account('team').used += DOLLAR;
      const fill = await start(setup);
      await advance(setup, HOUR, fill);
      assert.deepEqual(covered(setup, id), []);
    }).timeout(120_000);
  });
});
