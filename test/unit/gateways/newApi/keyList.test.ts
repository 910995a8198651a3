import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import type { Scenario } from '../../../sampleGateways/scenarios/scenario.ts';
import { TestSetup } from '../../support/testSetup.ts';

/** So many keys, named and numbered from 1. */
function keys(count: number): Record<string, Scenario> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`key ${i + 1}`, { holds: { name: `key ${i + 1}` } }]),
  );
}

describe('all keys of an account, /api/token/', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const open = async (held: Record<string, Scenario>, options: GatewayOptions = {}) => {
    setup = await TestSetup.open({ ...options, accounts: [{ name: 'team', keys: held }] });
  };
  const list = async () => (await setup.read(setup.account('team'))).accountKeys ?? [];
  const names = async () => (await list()).map(({ name }) => name);
  const pages = () =>
    setup.gateway
      .callsOf({ path: '/api/token/' })
      .map(({ search }) => Number(new URLSearchParams(search).get('p')));
  const newestFirst = (count: number) => Array.from({ length: count }, (_, i) => `key ${count - i}`);

  describe('in pages counted from 1', () => {
    for (const [count, asked] of [
      [0, [1]],
      [1, [1]],
      // A total that is no more than one full page may be that page’s alone.
      [100, [1, 2]],
      [101, [1, 2]],
      [250, [1, 2, 3]],
    ] as const) {
      for (const version of ['v0.9.0', 'v1.0.0-rc.17', 'v1.0.0-rc.24'] as const) {
        it(`${count} keys of ${version} take ${asked.length} calls`, async () => {
          await open(keys(count), { version });
          assert.deepEqual(await names(), newestFirst(count));
          assert.deepEqual(pages(), asked);
        });
      }
    }
  });

  describe('in bare pages of ten, counted from 0', () => {
    const upTo = (last: number) => Array.from({ length: last - 1 }, (_, i) => i + 2);
    for (const [count, asked] of [
      [0, [1, 0]],
      [10, [1, 0]],
      [11, [1, 0, 2]],
      [250, [1, 0, ...upTo(25)]],
    ] as const) {
      for (const version of ['pre-0.9.0', 'one-api'] as const) {
        it(`${count} keys of ${version} take ${asked.length} calls`, async () => {
          await open(keys(count), { version });
          assert.deepEqual(await names(), newestFirst(count));
          assert.deepEqual(pages(), asked);
        });
      }
    }
  });

  describe('of a gateway that pages badly', () => {
    it('ends when a page repeats', async () => {
      await open(keys(250), { settings: { paging: 'repeats' } });
      assert.equal((await list()).length, 100);
      assert.deepEqual(pages(), [1, 2]);
    });

    it('ends when pages go on for ever', async () => {
      await open(keys(250), { settings: { paging: 'neverEnds' } });
      assert.deepEqual(await names(), newestFirst(250));
      assert.deepEqual(pages(), [1, 2, 3, 4]);
    });

    it('takes keys in any order', async () => {
      await open(keys(250), { settings: { paging: 'shuffled' } });
      const found = await names();
      assert.notDeepEqual(found, newestFirst(250));
      assert.deepEqual(found.sort(), newestFirst(250).sort());
    });

    it('keeps the last whole list when one dies half-way', async () => {
      await open(keys(150));
      const id = await setup.testWindow.keyService.add(setup.account('team'));
      assert.equal((await setup.testWindow.refreshKey(id)).reading?.accountKeys?.length, 150);
      setup.gateway.settings.diesAtPage = 2;
      const state = await setup.testWindow.refreshKey(id);
      assert.equal(state.failure?.class, 'transient');
      assert.equal(state.reading?.accountKeys?.length, 150);
    });
  });

  it('keeps keys apart that share a name or have none', async () => {
    await open({
      a: { holds: { name: 'shared', remain: 500_000 } },
      b: { holds: { name: 'shared', remain: 1_000_000 } },
      c: { holds: { name: '' } },
    });
    assert.deepEqual(
      (await list()).map(({ name, remaining }) => [name, remaining]),
      [
        ['', 0.2],
        ['shared', 2],
        ['shared', 1],
      ],
    );
  });

  it('tells state, end and models of each key', async () => {
    await open({
      limited: { holds: { modelLimits: 'gpt-4.1, o3,', modelLimitsEnabled: true, expiresAt: 4_102_444_800 } },
      idle: { holds: { modelLimits: 'gpt-4.1', modelLimitsEnabled: false } },
      off: { holds: { status: 'disabled' } },
      drifting: { holds: { unlimited: true, remain: -500_000, used: 500_000 } },
    });
    const [drifting, off, idle, limited] = await list();
    assert.deepEqual([drifting?.unlimited, drifting?.remaining, drifting?.used], [true, undefined, 1]);
    assert.deepEqual([off?.enabled, off?.expiresAt], [false, null]);
    assert.equal(idle?.models, null);
    assert.deepEqual([limited?.models, limited?.expiresAt], [['gpt-4.1', 'o3'], '2100-01-01T00:00:00.000Z']);
  });

  it('reads the other member that One API lists models in', async () => {
    await open({ any: {}, some: { holds: { modelLimits: 'gpt-4.1,o3' } } }, { version: 'one-api' });
    assert.deepEqual(
      (await list()).map(({ models }) => models),
      [['gpt-4.1', 'o3'], null],
    );
  });

  it('keeps nothing of the secrets that CometAPI lists in the clear', async () => {
    await open(keys(3), { kind: 'cometApi' });
    const secret = setup.gateway.secret('key 1').replace('sk-', '');
    const told = JSON.stringify(await setup.read(setup.account('team')));
    assert.ok(told.includes('key 1'));
    assert.ok(!told.includes(secret) && !told.includes('CANARY'));
  });
});
