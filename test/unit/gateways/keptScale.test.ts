import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import { DAY, MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { SETTINGS } from '../support/testWindow.ts';
import { june, TEAM } from './fixture.ts';

const READ: Unit = { code: 'USD', source: 'gateway' };
const ASSUMED: Unit = { code: 'USD', source: 'default' };

describe('a scale that a site leaves out', () => {
  let setup: TestSetup;
  let id: string;
  afterEach(() => setup.close());

  /** Alice has 1,000,000 units left. */
  async function open(scale: unknown): Promise<void> {
    setup = await TestSetup.open({ accounts: [TEAM], status: { quota_per_unit: scale } });
    id = await setup.testWindow.keyService.add(setup.key('alice'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.refreshKey(id);
  }

  /** What a refresh shows that finds this in the site's status. */
  async function shown(scale?: unknown): Promise<readonly [unit: Unit, remaining: number | undefined]> {
    if (scale === undefined) delete setup.gateway.status.quota_per_unit;
    else setup.gateway.status.quota_per_unit = scale;
    setup.clock.jump(10 * MINUTE);
    const { reading } = await setup.testWindow.refreshKey(id);
    assert.ok(reading);
    return [JSON.parse(JSON.stringify(reading.unit)), reading.quota?.remaining];
  }

  const spent = () => {
    const now = setup.clock.now();
    return setup.testWindow.store.history
      .spendSpans(id, READ, now - DAY, now)
      .reduce((sum, each) => sum + each.spent, 0);
  };

  for (const [what, left] of [
    ['is missing', undefined],
    ['is null', null],
    ['is 0', 0],
    ['is a word', 'many'],
    ['is beyond all measure', 1e300],
  ] as const) {
    it(`goes on with the one it told last, unmarked, where it ${what}`, async () => {
      await open(250_000);
      assert.deepEqual(await shown(250_000), [READ, 4]);
      assert.deepEqual(await shown(left), [READ, 4]);
      // A day later it is asked again, and what it left out before has not been forgotten meanwhile.
      setup.clock.jump(DAY);
      assert.deepEqual(await shown(left), [READ, 4]);
      assert.deepEqual(await shown(1_000_000), [READ, 1], 'and with the next that it tells');
      assert.equal(spent(), 0);
    });
  }

  it('is assumed, marked, where it never told one', async () => {
    await open(null);
    assert.deepEqual(await shown(), [ASSUMED, 2]);
    assert.deepEqual(await shown(), [ASSUMED, 2]);
    assert.deepEqual(await shown(250_000), [READ, 4]);
    assert.deepEqual(await shown(), [READ, 4]);
    assert.equal(spent(), 0, 'another scale for the same quota is no spend');
  });

  it('counts what was spent before, meanwhile and after it by one measure', async () => {
    await open(250_000);
    await shown(250_000);
    setup.gateway.spend('alice', {
      at: june(10),
      model: 'gpt-4.1',
      quota: 25_000,
      promptTokens: 1,
      completionTokens: 1,
    });
    assert.deepEqual(await shown(), [READ, 3.9]);
    setup.gateway.spend('alice', {
      at: june(10),
      model: 'gpt-4.1',
      quota: 50_000,
      promptTokens: 1,
      completionTokens: 1,
    });
    assert.deepEqual(await shown(250_000), [READ, 3.7]);
    assert.equal(Math.round(spent() * 1e6) / 1e6, 0.3);
  });

  it('is of no weight beside the user’s own word', async () => {
    await open(250_000);
    await shown(250_000);
    const own = { unit: 'auto', unitsPerDollar: 100_000 } as const;
    setup.testWindow.settings = { ...SETTINGS, gateways: new Map([[setup.gateway.origin, own]]) };
    assert.deepEqual(await shown(), [{ code: 'USD', source: 'setting' }, 10]);
  });
});
