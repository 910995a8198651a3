import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TestSetup } from '../../support/testSetup.ts';
import { UsagePanelSetup } from '../../support/usagePanelSetup.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

const HOUR = 3600;
const DOLLAR = 500_000;
const TODAY = { from: '2026-06-15', to: '2026-06-15' };

describe('the usage panel that compares', () => {
  let setup: TestSetup;
  let rig: UsagePanelSetup;
  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { one: {} } });
    const now = setup.clock.now() / 1000;
    // Three dollars an hour ago, and one a day and an hour ago.
    setup.gateway.spend('one', { quota: 3 * DOLLAR, at: now - HOUR });
    setup.gateway.spend('one', { quota: DOLLAR, at: now - 25 * HOUR });
    rig = await UsagePanelSetup.open(setup, [setup.key('one')], TODAY);
  });
  afterEach(async () => {
    rig.panel.dispose();
    vscodeStub.person = {};
    await setup.close();
  });

  const used = () => rig.shown.answer.reports.map(({ total }) => total?.used);
  const previous = () => rig.shown.previous?.reports?.map(({ total }) => total?.used);

  it('shows the day before beside the day, until told not to', async () => {
    assert.deepEqual([used(), previous(), rig.shown.comparing], [[3], undefined, false]);
    await rig.press({ type: 'compare', on: true });
    assert.deepEqual([used(), previous(), rig.shown.comparing], [[3], [1], true]);
    await rig.press({ type: 'compare', on: false });
    assert.deepEqual([used(), previous(), rig.shown.comparing], [[3], undefined, false]);
  });

  it('goes on to compare when another range is asked for', async () => {
    await rig.press({ type: 'compare', on: true });
    await rig.press({ type: 'askRange', from: '2026-06-14', to: '2026-06-14' });
    // Nothing was spent on the 13th.
    assert.deepEqual([used(), previous(), rig.shown.comparing], [[1], [0], true]);
  });
});
