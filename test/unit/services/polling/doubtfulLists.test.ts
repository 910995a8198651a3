import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { VersionName } from '../../../sampleGateways/newApi/version.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

const USAGE = { path: '/api/usage/token/' };

/** At 500,000 units a dollar: $2.00 with $0.40 used, $1.00 with $0.20 used. */
const KEYS = {
  work: { holds: { name: 'work', group: 'svip', remain: 800_000, used: 200_000 } },
  home: { holds: { name: 'home', remain: 400_000, used: 100_000 } },
} as const;

describe('a list of an account’s keys that does not tell all, or too much', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const wait = (ms: number) => advanceWindows(ms, setup.clock, setup.testWindow);
  const state = (id: string) => setup.testWindow.keyState(id);
  const left = (id: string) => state(id).reading?.quota?.remaining;
  const scarceCalls = () => setup.gateway.callsOf(USAGE).length;

  async function open(version: VersionName): Promise<void> {
    setup = await TestSetup.open({
      version,
      limits: 'real',
      scenarios: 'none',
      accounts: [{ name: 'team', keys: KEYS }],
    });
    await setup.testWindow.monitor.start();
  }
  const addKey = (handle: string) => setup.testWindow.keyService.add(setup.key(handle));
  const addAccount = () => setup.testWindow.keyService.add(setup.account('team'));

  for (const version of ['v0.12.0', 'v1.0.0-rc.24'] as const) {
    for (const first of ['the key', 'the account'] as const) {
      it(`${version}: shows no key as usable whose group is closed to it, with ${first} added first`, async () => {
        await open(version);
        setup.gateway.account('team').closedGroups = ['svip'];
        if (first === 'the account') {
          await addAccount();
          await wait(MINUTE);
        }
        const work = await addKey('work');
        if (first === 'the key') {
          await wait(MINUTE);
          await addAccount();
        }
        const home = await addKey('home');
        await wait(15 * MINUTE);
        const before = scarceCalls();
        for (let hours = 0; hours < 8; hours += 2) {
          const { failure, status, readFrom } = state(work);
          assert.deepEqual([failure?.class, readFrom], ['forbidden', undefined]);
          assert.notEqual(status, 'ok');
          setup.clock.jump(2 * HOUR);
          await wait(10 * MINUTE);
        }
        // Another key of the list is what the list says.
        assert.deepEqual([state(home).status, state(home).readFrom?.label], ['ok', 'team']);
        assert.ok(scarceCalls() - before <= 4, `${scarceCalls() - before} scarce calls`);
      });
    }

    it(`${version}: shows no key as usable that was refused before its account was added`, async () => {
      await open(version);
      const work = await addKey('work');
      await wait(MINUTE);
      setup.gateway.account('team').closedGroups = ['svip'];
      await wait(45 * MINUTE);
      assert.deepEqual([state(work).failure?.class, left(work)], ['forbidden', 1.6]);
      await addAccount();
      for (let minutes = 0; minutes < 30; minutes += 2) {
        await wait(2 * MINUTE);
        assert.deepEqual([state(work).failure?.class, state(work).readFrom], ['forbidden', undefined]);
      }
    });

    it(`${version}: finds a group that was closed later within hours`, async () => {
      await open(version);
      const work = await addKey('work');
      await addAccount();
      await wait(6 * MINUTE);
      assert.ok(state(work).readFrom);
      setup.gateway.account('team').closedGroups = ['svip'];
      // The account is read all the time.
      for (let minutes = 0; minutes < 6.5 * 60; minutes += 5) {
        setup.clock.jump(4 * MINUTE);
        await wait(MINUTE);
      }
      assert.deepEqual([state(work).failure?.class, state(work).readFrom], ['forbidden', undefined]);
      setup.gateway.account('team').closedGroups = [];
      setup.clock.jump(6 * HOUR);
      await wait(20 * MINUTE);
      assert.deepEqual([state(work).status, left(work)], ['ok', 1.6]);
    });
  }

  it('reads a key itself from when on two rows fit it, and never from the wrong one', async () => {
    await open('v0.12.0');
    const work = await addKey('work');
    await addAccount();
    await wait(6 * MINUTE);
    assert.ok(state(work).readFrom);
    const bare = setup.gateway.secret('work').replace(/^sk-/, '');
    const row = (id: number, remain_quota: number) => ({
      id,
      name: 'work',
      key: `${bare.slice(0, 4)}**********${bare.slice(-4)}`,
      status: 1,
      remain_quota,
      used_quota: 200_000,
      unlimited_quota: false,
      expired_time: -1,
    });
    const items = [row(setup.gateway.key('work').id, 800_000), row(99, 750_000)];
    setup.gateway.setReply('GET /api/token/', json(200, { success: true, data: { items, total: 2 } }));
    for (let minutes = 0; minutes < 60; minutes += 2) {
      await wait(2 * MINUTE);
      assert.equal(left(work), 1.6);
    }
    assert.equal(state(work).readFrom, undefined);
    assert.ok(Date.parse(state(work).reading?.takenAt ?? '') >= setup.clock.now() - 10 * MINUTE);
  });
});
