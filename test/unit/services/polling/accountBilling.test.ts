import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = '/api/usage/token/';

/** At 500,000 units a dollar; the account has $100.00 and $6.00 used. */
const KEYS = {
  alice: { holds: { name: 'Alice', remain: 4_900_000, used: 100_000 } },
  bob: { holds: { name: 'Bob', remain: 2_500_000, used: 500_000 } },
  carol: { holds: { name: 'Carol', remain: 1_500_000, used: 100_000 } },
  free: { holds: { name: 'Free', remain: -250_000, used: 250_000, unlimited: true } },
} as const;

describe('billing that begins to tell the account’s figures while keys are watched', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let windows: TestWindow[];

  const first = () => windows[0] ?? assert.fail();
  const wait = (ms: number) => advanceWindows(ms, clock, ...windows);
  const leftOf = (id: string) => windows.map(each => each.keyState(id).reading?.quota?.remaining);
  const spentOf = (id: string) =>
    first()
      .store.history.historyRows(id, 0, clock.now())
      .reduce((sum, { spent }) => sum + spent, 0);

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({
      clock: clock.now,
      limits: 'real',
      version: 'v0.12.0',
      scenarios: 'none',
      accounts: [{ name: 'team', quota: 50_000_000, used: 3_000_000, keys: KEYS }],
    });
    const options = { clock, folder: tempFolder(), storage: new MemorySecrets() };
    windows = [new TestWindow(options), new TestWindow({ ...options, focused: false })];
    for (const window of windows) await window.monitor.start();
  });

  afterEach(async () => {
    for (const window of windows) await window.close();
    await gateway.close();
    removeTempFolders();
  });

  /** Leaves no room to ask any key itself. */
  function fillScarceLimiter(): void {
    const { store } = first();
    store.transaction(() => {
      for (let call = 0; call < 10; call++)
        store.requests.addCall(gateway.origin, 'scarce', clock.now(), false);
    });
  }

  /** A key that has told its own figures, and one that was added when billing had begun to tell the account's. */
  async function mixUp(): Promise<{ alice: string; bob: string }> {
    const alice = await first().addKey(gateway, 'alice');
    await wait(10 * MINUTE);
    assert.equal(first().keyState(alice).reading?.source, 'billing');
    fillScarceLimiter();
    gateway.settings.displayTokenStat = false;
    const bob = await first().addKey(gateway, 'bob');
    await wait(MINUTE);
    // $106.00 of which $6.00 are used: what bob is told is the account's.
    assert.deepEqual(leftOf(bob), [100, 100], 'nothing shows yet that these are the account’s');
    return { alice, bob };
  }

  it('is seen with the next check of a key that has told its own, and withdrawn in all windows', async () => {
    const { alice, bob } = await mixUp();
    gateway.spend('alice', { quota: 50_000 });
    await wait(6 * MINUTE);
    assert.deepEqual(leftOf(bob), [undefined, undefined]);
    assert.equal(gateway.callsOf({ path: USAGE, key: 'bob' }).length, 0, 'and not asked beyond the budget');
    // Alice's own were $9.80.
    assert.deepEqual(leftOf(alice), [9.8, 9.8]);
    await wait(40 * MINUTE);
    assert.deepEqual(
      [leftOf(bob), leftOf(alice)],
      [
        [5, 5],
        [9.7, 9.7],
      ],
    );
    assert.deepEqual([spentOf(bob), spentOf(alice)], [0, 0.1]);
  });

  it('leaves nothing of what the account spent in the records of a key', async () => {
    const { alice, bob } = await mixUp();
    await first().keyService.checks.pause(first().keyService.findById(alice) ?? assert.fail());
    gateway.spend('carol', { quota: 50_000 });
    await wait(11 * MINUTE);
    assert.equal(spentOf(bob), 0.1, 'what carol spent is taken for bob’s as long as nothing shows it');
    await first().keyService.checks.resume(first().keyService.findById(alice) ?? assert.fail());
    await wait(2 * MINUTE);
    const rows = first().store.history.historyRows(bob, 0, clock.now());
    assert.deepEqual([leftOf(bob), rows], [[undefined, undefined], []]);
    assert.deepEqual(
      first()
        .store.history.spendByDay('2000-01-01', '2100-01-01')
        .filter(each => each.keyId === bob),
      [],
    );
    assert.equal(first().store.states.stateOf(bob)?.forecast, undefined);
  });

  it('is not thought of where a key is told what only its own billing says', async () => {
    const alice = await first().addKey(gateway, 'alice');
    await wait(10 * MINUTE);
    fillScarceLimiter();
    const free = await first().addKey(gateway, 'free');
    await wait(MINUTE);
    gateway.settings.displayTokenStat = false;
    gateway.spend('alice', { quota: 50_000 });
    const used = () => first().keyState(free).reading?.quota?.used;
    for (let minutes = 0; minutes < 10; minutes++) {
      await wait(MINUTE);
      assert.deepEqual([used(), leftOf(alice)], [0.5, [9.8, 9.8]]);
    }
  });

  it('is thought of for a moment alone where a key was only topped up', async () => {
    const [alice, carol] = [await first().addKey(gateway, 'alice'), await first().addKey(gateway, 'carol')];
    await wait(25 * MINUTE);
    fillScarceLimiter();
    const bob = await first().addKey(gateway, 'bob');
    await wait(MINUTE);
    assert.deepEqual(leftOf(bob), [5, 5]);
    const ownCalls = gateway.callsOf({ path: USAGE }).length;
    const { store, monitor } = first();
    store.transaction(() => store.states.setDue(carol, clock.now() + 9 * MINUTE));
    await monitor.reload();
    // The limit shows when the use has moved.
    gateway.key('alice').remain += 1_000_000;
    gateway.spend('alice', { quota: 50_000 });
    const asked = () => gateway.callsOf({ path: '/v1/dashboard/billing/usage', key: 'bob' }).length;
    const before = asked();
    await wait(8 * MINUTE);
    assert.deepEqual(leftOf(bob), [undefined, undefined]);
    assert.ok(asked() - before <= 5, `bob was asked ${asked() - before} times meanwhile`);
    await wait(4 * MINUTE);
    assert.deepEqual(
      [leftOf(bob), leftOf(carol)],
      [
        [5, 5],
        [3, 3],
      ],
    );
    assert.equal(gateway.callsOf({ path: USAGE }).length, ownCalls, 'billing alone has shown it');
    assert.equal(
      first().keyState(alice).reading?.quota?.remaining,
      9.8,
      'and alice is still to be asked itself',
    );
  });

  it('is not taken from a key that was tried out before, and saved after', async () => {
    const alice = await first().addKey(gateway, 'alice');
    await wait(10 * MINUTE);
    gateway.settings.displayTokenStat = false;
    const draft = {
      label: 'bob',
      kind: 'newApi',
      baseUrl: gateway.origin,
      credential: 'apiKey',
      secret: gateway.secret('bob'),
    } as const;
    fillScarceLimiter();
    const outcome = await first().keyService.checkDraft(draft);
    assert.equal(outcome.reading?.quota?.remaining, 100);
    gateway.spend('alice', { quota: 50_000 });
    await wait(6 * MINUTE);
    const bob = await first().keyService.add(draft, outcome);
    assert.equal(first().keyState(bob).reading, undefined);
    assert.deepEqual(leftOf(alice), [9.8, 9.8]);
  });
});

describe('billing of a site that has nothing else', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const KEY = { remain: 4_900_000, used: 100_000 };
  const open = (version: 'pre-0.9.0' | 'one-api', displayTokenStat: boolean) =>
    TestSetup.open({
      kind: version === 'one-api' ? 'oneApi' : 'newApi',
      version,
      scenarios: 'none',
      // By which each of them is told from others.
      status: version === 'one-api' ? { chat_link: '' } : { chats: [] },
      settings: { displayTokenStat },
      accounts: [
        {
          name: 'team',
          quota: 50_000_000,
          used: 3_000_000,
          keys: {
            alice: { holds: KEY },
            bob: { holds: { remain: 2_500_000, used: 500_000 } },
            free: { holds: { ...KEY, unlimited: true } },
          },
        },
      ],
    });
  const add = async (handle: string) => {
    const id = await setup.testWindow.keyService.add(setup.key(handle));
    await setup.testWindow.monitor.idle();
    return () => setup.testWindow.keyState(id).reading;
  };
  const wait = (ms: number) => advanceWindows(ms, setup.clock, setup.testWindow);

  for (const version of ['pre-0.9.0', 'one-api'] as const) {
    it(`${version}: gives up the figures of its first key with the second one that is told the same`, async () => {
      setup = await open(version, false);
      await setup.testWindow.monitor.start();
      const alice = await add('alice');
      await wait(MINUTE);
      assert.ok(alice()?.quota, 'nothing shows yet that these are the account’s');
      const bob = await add('bob');
      await setup.testWindow.monitor.idle();
      await wait(1000);
      assert.equal(bob()?.source, 'account');
      assert.equal(alice()?.quota, undefined);
      await wait(MINUTE);
      assert.equal(alice()?.account?.balance, 100);
    });

    it(`${version}: is believed again once it tells the keys’ own`, async () => {
      setup = await open(version, false);
      await setup.testWindow.monitor.start();
      const [alice, bob] = [await add('alice'), await add('bob')];
      await wait(10 * MINUTE);
      assert.deepEqual([alice()?.source, bob()?.source], ['account', 'account']);
      setup.gateway.settings.displayTokenStat = true;
      await wait(10 * MINUTE);
      assert.deepEqual([alice()?.quota?.remaining, bob()?.quota?.remaining], [9.8, 5]);
      assert.deepEqual([alice()?.account, bob()?.account], [undefined, undefined]);
    });
  }

  it('never tells the number that stands for no limit as a balance', async () => {
    setup = await open('pre-0.9.0', false);
    await setup.testWindow.monitor.start();
    const [alice, bob] = [await add('alice'), await add('bob')];
    await wait(12 * MINUTE);
    assert.deepEqual([alice()?.source, bob()?.source], ['account', 'account']);
    setup.gateway.settings.displayTokenStat = true;
    const free = await add('free');
    await wait(1000);
    assert.deepEqual([free()?.account, free()?.quota], [undefined, { unlimited: true, used: 0.2 }]);
    await wait(MINUTE);
    assert.deepEqual(
      [alice()?.quota?.remaining, bob()?.quota?.remaining],
      [9.8, 5],
      'and the others are asked at once',
    );
  });
});
