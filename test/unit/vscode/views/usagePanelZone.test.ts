import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { UsagePanelSetup } from '../../support/usagePanelSetup.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

const WEEK = { from: '2026-06-09', to: '2026-06-15' };

describe('the zone that a page is given by its host', () => {
  let setup: TestSetup;
  let rig: UsagePanelSetup;
  // Neither UTC, nor a zone that a machine with tests is likely to be in.
  useTimeZone('Pacific/Chatham');

  afterEach(async () => {
    rig.panel.dispose();
    vscodeStub.person = {};
    await setup.close();
  });

  it('comes with its language before anything is shown, and with every answer', async () => {
    setup = await TestSetup.open({ scenarios: { one: {} } });
    rig = await UsagePanelSetup.open(setup, [setup.key('one')], WEEK);
    const told = rig.messages as readonly { readonly type: string; readonly timeZone?: string }[];
    const zones = told
      .filter(({ type }) => type === 'speak' || type === 'show')
      .map(({ type, timeZone }) => [type, timeZone]);
    assert.deepEqual(zones[0], ['speak', 'Pacific/Chatham']);
    assert.ok(zones.length > 1);
    for (const [type, zone] of zones) assert.equal(zone, 'Pacific/Chatham', type);
  });
});
