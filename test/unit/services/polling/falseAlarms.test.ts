import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';

const GRANTED = 100_000_000;
const WORKDAY_HOURS = 10;

describe('an ordinary day of a key', () => {
  let setup: TestSetup;
  let listener: WarningRecorder;
  let id: string;

  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } }, { settings: { pollMs: DAY } });
    listener = new WarningRecorder(setup.testWindow, setup.clock);
    Object.assign(setup.gateway.key('ok'), { remain: GRANTED, used: 0 });
    id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
  });

  afterEach(async () => {
    listener.close();
    await setup.close();
  });

  /** A day with VS Code open for ten hours and five dollars spent; then it is closed until the next. */
  async function workDay(quota = 250_000): Promise<void> {
    for (let hour = 0; hour <= WORKDAY_HOURS; hour++) {
      await setup.testWindow.refreshKey(id);
      if (hour < WORKDAY_HOURS) setup.gateway.spend('ok', { quota });
      setup.clock.jump(HOUR);
    }
    await heard();
    setup.clock.jump(DAY - (WORKDAY_HOURS + 1) * HOUR - 20_000);
  }

  async function days(number: number, quota?: number): Promise<void> {
    for (let day = 0; day < number; day++) await workDay(quota);
  }

  async function heard(): Promise<string[]> {
    await advanceWindows(20_000, setup.clock, setup.testWindow);
    return listener.takeNewWarnings();
  }

  /** An ordinary morning, as it is for a key that is used: three dollars in three hours. */
  async function morning(quota = 500_000): Promise<string[]> {
    const said: string[] = [];
    for (let hour = 0; hour < 3; hour++) {
      await setup.testWindow.refreshKey(id);
      setup.gateway.spend('ok', { quota });
      setup.clock.jump(HOUR);
      await setup.testWindow.refreshKey(id);
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
    setup.clock.jump(21 * DAY);
    assert.deepEqual(await morning(), []);
    await setup.testWindow.refreshKey(id);
    assert.deepEqual(await morning(5_000_000), [], 'nor is anything far above what nobody knows');
  });

  it('is not nothing because what was recorded was erased', async () => {
    await days(8);
    await setup.run('eraseHistory', { id, confirmed: true });
    setup.clock.jump(6 * DAY);
    assert.deepEqual(await morning(), []);
  });

  it('is forgotten at once with what was recorded, though it was looked up today', async () => {
    await days(8);
    await morning();
    await setup.run('eraseHistory', { id, confirmed: true });
    assert.deepEqual(await morning(5_000_000), []);
  });

  it('is not what it was in another unit', async () => {
    await days(8);
    const setting = new Map([[setup.gateway.origin, { unitsPerDollar: 50_000 }]]);
    setup.testWindow.settings = { ...setup.testWindow.settings, gateways: setting };
    assert.deepEqual(await morning(), []);
  });

  it('is not that of the key before, when the secret was replaced', async () => {
    await days(8, 2500);
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.replaceSecret(key, `${setup.gateway.secret('ok')}`);
    setup.testWindow.store.transaction(() => setup.testWindow.store.keys.setFingerprint(id, 'another'));
    await setup.testWindow.monitor.reload();
    assert.deepEqual(await morning(), []);
  });
});

describe('erasing what was recorded', () => {
  it('takes forecast and warning marks with it at once, though the gateway fails', async () => {
    const setup = await TestSetup.open({ scenarios: { ok: {} } }, { settings: { pollMs: DAY } });
    const { testWindow } = setup;
    Object.assign(setup.gateway.key('ok'), { remain: GRANTED, used: 0 });
    const id = await testWindow.keyService.add(setup.key('ok'));
    await testWindow.monitor.start();
    for (let hour = 0; hour < 30; hour++) {
      setup.gateway.spend('ok', { quota: 500_000 });
      setup.clock.jump(HOUR);
      await testWindow.refreshKey(id);
    }
    assert.equal(testWindow.keyState(id).forecast?.perDay, 24);
    testWindow.store.transaction(() => {
      for (const name of ['forecast:0', 'spend:0', 'low %:20'])
        testWindow.store.fired.saveFired(id, name, JSON.stringify({ at: setup.clock.now() }));
    });
    setup.gateway.setScenario('ok', 'db-500');
    await testWindow.refreshKey(id);
    assert.equal(testWindow.keyState(id).forecast?.perDay, 24, 'a failure alone changes nothing');
    await setup.run('eraseHistory', { id, confirmed: true });
    assert.equal(testWindow.keyState(id).forecast, undefined);
    assert.notEqual(testWindow.keyState(id).reading, undefined, 'what it is now stays');
    assert.deepEqual([...testWindow.store.fired.firedOf(id).keys()], ['low %:20']);
    assert.deepEqual(testWindow.store.history.historyRows(id, 0, setup.clock.now()), []);
    setup.clock.jump(5 * MINUTE);
    await testWindow.refreshKey(id);
    assert.equal(testWindow.keyState(id).forecast, undefined, 'nor does it come back with the next failure');
    await setup.close();
  });
});
