import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TestSetup } from '../../support/testSetup.ts';
import { UsagePanelSetup } from '../../support/usagePanelSetup.ts';

const DOLLAR = 500_000;
const MINUTE = 60_000;
const WEEK = { from: '2026-06-09', to: '2026-06-15' };
const HANDLES = ['one', 'two', 'three'];

describe('the keys that are chosen in the usage panel', () => {
  let setup: TestSetup;
  let rig: UsagePanelSetup;
  let ids: readonly string[];

  /** Three keys that spent 1, 2 and 3 dollars in the week and 10, 20 and 30 in the week before; the first two are shown. */
  beforeEach(async () => {
    // Its sums of ranges are asked for each time, so each question can be counted.
    setup = await TestSetup.open({ kind: 'aioHub', scenarios: { one: {}, two: {}, three: {} } });
    HANDLES.forEach((handle, index) => {
      const now = setup.clock.now() / 1000;
      setup.gateway.spend(handle, { quota: (index + 1) * DOLLAR, at: now - 3600 });
      setup.gateway.spend(handle, { quota: (index + 1) * 10 * DOLLAR, at: now - 8 * 86_400 });
    });
    const third = await setup.add(setup.key('three'));
    rig = await UsagePanelSetup.open(setup, [setup.key('one'), setup.key('two')], WEEK);
    ids = [...rig.shown.answer.question.keyIds, third.id];
  });
  afterEach(async () => {
    rig.panel.dispose();
    await setup.close();
  });

  const asked = () => setup.calls.filter(call => call.includes('start_timestamp=')).length;
  const figures = () =>
    Object.fromEntries(rig.shown.answer.reports.map(({ scope, total }) => [scope.key, total?.used]));
  const choose = (...which: readonly number[]) =>
    rig.press({ type: 'chooseKeys', keyIds: which.map(each => ids[each]) });

  it('are offered all, and those are asked about that were not shown yet', async () => {
    assert.deepEqual(rig.shown.keys?.map(({ label }) => label).sort(), ['one', 'three', 'two']);
    assert.deepEqual(figures(), { one: 1, two: 2 });
    const before = asked();
    await choose(1, 2);
    assert.deepEqual(figures(), { two: 2, three: 3 });
    assert.equal(asked() - before, 1, 'the third key alone');
    assert.deepEqual(rig.shown.answer.question, { keyIds: [ids[2], ids[1]].toSorted(byList), ...WEEK });
  });

  it('are not asked about again where they were left out a moment ago', async () => {
    await choose(0);
    const before = asked();
    await choose(0, 1);
    assert.deepEqual([figures(), asked() - before], [{ one: 1, two: 2 }, 0]);
    await choose(0);
    await setup.clock.advance(6 * MINUTE);
    await choose(0, 1);
    assert.deepEqual([figures(), asked() - before], [{ one: 1, two: 2 }, 1], 'but after some minutes');
  });

  it('are all for good where all are chosen, also those that are added later', async () => {
    await choose(0, 1, 2);
    assert.deepEqual(figures(), { one: 1, two: 2, three: 3 });
    assert.deepEqual(rig.shown.answer.question.keyIds, []);
  });

  it('stay chosen for other ranges', async () => {
    await choose(2);
    await rig.press({ type: 'askRange', from: '2026-06-01', to: '2026-06-15' });
    assert.deepEqual(figures(), { three: 33 });
  });

  it('are one progress on the page, which draws all of itself for each', async () => {
    const before = rig.messages.length;
    await rig.press({ type: 'askRange', from: '2026-06-01', to: '2026-06-15' });
    const types = rig.messages.slice(before).map(({ type }) => type);
    assert.deepEqual(types, ['busy', 'show', 'idle']);
  });

  it('have their own period before, asked for where it is not known', async () => {
    await rig.press({ type: 'compare', on: true });
    const previous = () =>
      Object.fromEntries(
        rig.shown.previous?.reports.map(({ scope, total }) => [scope.key, total?.used]) ?? [],
      );
    assert.deepEqual(previous(), { one: 10, two: 20 });
    const before = asked();
    await choose(1, 2);
    assert.deepEqual([previous(), asked() - before], [{ two: 20, three: 30 }, 2]);
  });

  it('are told as missing where one has no figures, and chosen all the same', async () => {
    setup.gateway.setScenario('three', 'db-500');
    await choose(0, 2);
    assert.deepEqual(figures(), { one: 1 });
    assert.deepEqual(
      [rig.shown.answer.missing?.length, rig.shown.answer.lacks, rig.shown.answer.problems.length],
      [1, [{ keyId: ids[2], reason: 'gateway error' }], 1],
    );
  });

  it('are what is exported, and the export says how many of all keys they are', async () => {
    await rig.press({ type: 'export', format: 'csv' });
    await choose(1, 2);
    await rig.press({ type: 'export', format: 'csv' });
    await choose(0, 1, 2);
    await rig.press({ type: 'export', format: 'csv' });
    const labels = rig.exported.map(({ reports }) => reports.map(({ scope }) => scope.key).toSorted());
    assert.deepEqual(labels, [
      ['one', 'two'],
      ['three', 'two'],
      ['one', 'three', 'two'],
    ]);
    assert.deepEqual(
      rig.exported.map(({ part }) => part),
      [{ keys: { shown: 2, all: 3 } }, { keys: { shown: 2, all: 3 } }, undefined],
    );
  });

  it('are exported as the one that is looked into', async () => {
    await choose(0, 1, 2);
    const looked = { id: ids[2], name: 'three' };
    await rig.press({ type: 'export', format: 'json', only: { key: looked } });
    const [exported] = rig.exported;
    assert.deepEqual(
      [exported?.reports.map(({ scope, total }) => [scope.key, total?.used]), exported?.part],
      [[['three', 3]], { key: 'three' }],
    );
  });

  it('are only keys that there are', async () => {
    const before = rig.messages.length;
    await rig.press({ type: 'chooseKeys', keyIds: ['nobody’s'] });
    await rig.press({ type: 'chooseKeys', keyIds: [] });
    await rig.press({ type: 'chooseKeys' });
    assert.equal(rig.messages.length, before);
  });

  function byList(a: string = '', b: string = ''): number {
    const order = rig.shown.keys?.map(({ id }) => id) ?? [];
    return order.indexOf(a) - order.indexOf(b);
  }
});

describe('the hours of the usage panel', () => {
  let setup: TestSetup;
  let rig: UsagePanelSetup;
  afterEach(async () => {
    rig.panel.dispose();
    await setup.close();
  });

  it('are what the ledger has, and cost no call', async () => {
    setup = await TestSetup.open({ scenarios: { one: {} } });
    const at = setup.clock.now() / 1000 - 3 * 3600;
    setup.gateway.spend('one', { quota: DOLLAR, at });
    rig = await UsagePanelSetup.open(setup, [setup.key('one')], WEEK);
    assert.equal(rig.shown.answer.reports[0]?.timeline?.step, 'day');
    const calls = setup.calls.length;
    const hours = async () => {
      await rig.press({ type: 'hours' });
      const message = rig.messages.findLast(({ type }) => type === 'hours');
      return message?.type === 'hours' ? message : undefined;
    };
    const known = await hours();
    assert.deepEqual(known?.question, rig.shown.answer.question);
    const cells = known?.reports[0]?.timeline?.cells.map(({ at: label, used }) => [label, used]);
    const hour = new Date(at * 1000);
    const pad = (part: number) => String(part).padStart(2, '0');
    const day = `${hour.getFullYear()}-${pad(hour.getMonth() + 1)}-${pad(hour.getDate())}`;
    assert.deepEqual(cells, [[`${day}T${pad(hour.getHours())}:00`, 1]]);
    assert.equal(setup.calls.length, calls);
    await rig.press({ type: 'askRange', from: '2026-01-01', to: '2026-06-15' });
    assert.deepEqual((await hours())?.reports, [], 'the hours of half a year are too many');
  });
});
