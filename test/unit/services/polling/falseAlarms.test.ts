import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Desk } from '../../support/desk.ts';
import { Listener } from '../../support/listener.ts';
import { pass } from '../../support/passing.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';

const GRANTED = 100_000_000;
const WORKDAY_HOURS = 10;

describe('an ordinary day of a key', () => {
  let desk: Desk;
  let listener: Listener;
  let id: string;

  beforeEach(async () => {
    desk = await Desk.open({ scenarios: { ok: {} } }, { settings: { pollMs: DAY } });
    listener = new Listener(desk.world, desk.clock);
    Object.assign(desk.gateway.key('ok'), { remain: GRANTED, used: 0 });
    id = await desk.world.keyService.add(desk.key('ok'));
    await desk.world.monitor.start();
  });

  afterEach(async () => {
    listener.close();
    await desk.close();
  });

  /** A day with VS Code open for ten hours and five dollars spent; then it is closed until the next. */
  async function workDay(quota = 250_000): Promise<void> {
    for (let hour = 0; hour <= WORKDAY_HOURS; hour++) {
      await desk.world.refreshed(id);
      if (hour < WORKDAY_HOURS) desk.gateway.spend('ok', { quota });
      desk.clock.jump(HOUR);
    }
    await heard();
    desk.clock.jump(DAY - (WORKDAY_HOURS + 1) * HOUR - 20_000);
  }

  async function days(number: number, quota?: number): Promise<void> {
    for (let day = 0; day < number; day++) await workDay(quota);
  }

  async function heard(): Promise<string[]> {
    await pass(20_000, desk.clock, desk.world);
    return listener.heard();
  }

  /** An ordinary morning, as it is for a key that is used: three dollars in three hours. */
  async function morning(quota = 500_000): Promise<string[]> {
    const said: string[] = [];
    for (let hour = 0; hour < 3; hour++) {
      await desk.world.refreshed(id);
      desk.gateway.spend('ok', { quota });
      desk.clock.jump(HOUR);
      await desk.world.refreshed(id);
      said.push(...(await heard()));
    }
    return said;
  }

  it('is what its watched days were: far more is told', async () => {
    await days(8);
    assert.deepEqual(await morning(5_000_000), ['ok spend 0']);
  });

  it('is not nothing because VS Code was closed for three weeks', async () => {
    await days(8);
    desk.clock.jump(21 * DAY);
    assert.deepEqual(await morning(), []);
    await desk.world.refreshed(id);
    assert.deepEqual(await morning(5_000_000), [], 'nor is anything far above what nobody knows');
  });

  it('is not nothing because what was recorded was erased', async () => {
    await days(8);
    await desk.run('eraseHistory', { id, confirmed: true });
    desk.clock.jump(6 * DAY);
    assert.deepEqual(await morning(), []);
  });

  it('is forgotten at once with what was recorded, though it was looked up today', async () => {
    await days(8);
    await morning();
    await desk.run('eraseHistory', { id, confirmed: true });
    assert.deepEqual(await morning(5_000_000), []);
  });

  it('is not what it was in another unit', async () => {
    await days(8);
    const setting = new Map([[desk.gateway.origin, { unitsPerDollar: 50_000 }]]);
    desk.world.settings = { ...desk.world.settings, gateways: setting };
    assert.deepEqual(await morning(), []);
  });

  it('is not that of the key before, when the secret was replaced', async () => {
    await days(8, 2500);
    const key = desk.world.keyService.findById(id) ?? assert.fail();
    await desk.world.keyService.replaceSecret(key, `${desk.gateway.secret('ok')}`);
    desk.world.store.transaction(() => desk.world.store.keys.setFingerprint(id, 'another'));
    await desk.world.monitor.reload();
    assert.deepEqual(await morning(), []);
  });
});

describe('erasing what was recorded', () => {
  it('takes forecast and warning marks with it at once, though the gateway fails', async () => {
    const desk = await Desk.open({ scenarios: { ok: {} } }, { settings: { pollMs: DAY } });
    const { world } = desk;
    Object.assign(desk.gateway.key('ok'), { remain: GRANTED, used: 0 });
    const id = await world.keyService.add(desk.key('ok'));
    await world.monitor.start();
    for (let hour = 0; hour < 30; hour++) {
      desk.gateway.spend('ok', { quota: 500_000 });
      desk.clock.jump(HOUR);
      await world.refreshed(id);
    }
    assert.equal(world.state(id).forecast?.perDay, 24);
    world.store.transaction(() => {
      for (const name of ['forecast:0', 'spend:0', 'low %:20'])
        world.store.fired.saveFired(id, name, JSON.stringify({ at: desk.clock.now() }));
    });
    desk.gateway.setScenario('ok', 'db-500');
    await world.refreshed(id);
    assert.equal(world.state(id).forecast?.perDay, 24, 'a failure alone changes nothing');
    await desk.run('eraseHistory', { id, confirmed: true });
    assert.equal(world.state(id).forecast, undefined);
    assert.notEqual(world.state(id).reading, undefined, 'what it is now stays');
    assert.deepEqual([...world.store.fired.firedOf(id).keys()], ['low %:20']);
    assert.deepEqual(world.store.history.historyRows(id, 0, desk.clock.now()), []);
    desk.clock.jump(5 * MINUTE);
    await world.refreshed(id);
    assert.equal(world.state(id).forecast, undefined, 'nor does it come back with the next failure');
    await desk.close();
  });
});
