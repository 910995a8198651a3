import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { MuteService } from '../../../../src/services/warnings/muteService.ts';
import type * as Start from '../../../../src/vscode/notifications/startNotifications.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { changeSettings, importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { startNotifications } = await importWithStub<typeof Start>(
  'vscode/notifications/startNotifications.ts',
);
const SECOND = 1000;

describe('warnings in a window', () => {
  let setup: TestSetup;
  let muteService: MuteService;
  let notes: (string | undefined)[];
  let posted: number[];
  let running: { dispose(): void };
  const warned = () => vscodeStub.shown.filter(text => /“ok” (?:is low|is used up)/.test(text)).length;
  const pass = (ms: number) => setup.clock.advance(ms, () => turn());

  const start = () => {
    const { store, monitor, activity } = setup.testWindow;
    return startNotifications({
      ...{ store, monitor, activity, muteService },
      clock: setup.clock,
      log: { warn: (line: string) => assert.fail(line) } as never,
      settings: () => ({ low: { percent: 20, amounts: {} }, gateways: new Map() }),
      postToWebhook: async warnings => {
        posted.push(warnings.length);
      },
      showMuteNote: text => notes.push(text),
    });
  };

  beforeEach(async () => {
    Object.assign(vscodeStub, { shown: [], handed: [], settings: {}, person: {} });
    notes = [];
    posted = [];
    setup = await TestSetup.open({ scenarios: { ok: {} } });
    muteService = new MuteService(setup.testWindow.store, setup.clock);
    const key = await setup.add(setup.key('ok'));
    setup.gateway.key('ok').remain = 0;
    await setup.testWindow.refreshKey(key.id);
  });

  afterEach(async () => {
    running.dispose();
    vscodeStub.settings = {};
    await setup.close();
  });

  it('are shown once, in whichever window and however often it starts', async () => {
    running = start();
    await pass(5 * SECOND);
    assert.equal(warned(), 1);
    await pass(HOUR);
    running.dispose();
    running = start();
    const other = start();
    await pass(HOUR);
    other.dispose();
    assert.equal(warned(), 1);
    assert.deepEqual(posted, [1], 'and posted to the webhook by the window that showed it');
  });

  it('go by the settings as they are now', async () => {
    vscodeStub.settings = { 'warnings.enabled': false };
    running = start();
    await pass(2 * MINUTE + 10 * SECOND);
    assert.deepEqual([warned(), notes.at(-1)], [0, 'Warnings are off.']);
    const before = notes.length;
    changeSettings({}, 'editor');
    assert.equal(notes.length, before);
    changeSettings({});
    assert.equal(notes.at(-1), undefined);
    await pass(5 * SECOND);
    assert.equal(warned(), 1);
  });

  it('are noted above the keys while they are paused, also by another window, and no longer', async () => {
    running = start();
    assert.deepEqual(notes, [undefined]);
    await muteService.pause('forever');
    assert.equal(notes.at(-1), 'Warnings are paused.');
    const elsewhere = new MuteService(setup.testWindow.store, setup.clock);
    await elsewhere.resume();
    assert.equal(notes.at(-1), 'Warnings are paused.');
    await pass(20 * SECOND);
    assert.equal(notes.at(-1), undefined);
    await elsewhere.pause('forever');
    setup.testWindow.gainFocus();
    assert.equal(notes.at(-1), 'Warnings are paused.');
  });

  it('end with the window', async () => {
    const listeners = vscodeStub.settingsListeners.size;
    running = start();
    assert.equal(vscodeStub.settingsListeners.size, listeners + 1);
    running.dispose();
    const before = notes.length;
    await muteService.pause('forever');
    changeSettings({ 'warnings.enabled': false });
    await pass(HOUR);
    assert.deepEqual([warned(), notes.length, vscodeStub.settingsListeners.size], [0, before, listeners]);
  });
});
