import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MINUTE } from '../../support/samples.ts';
import { SharedMachine } from '../../support/sharedMachine.ts';

const KEYS = 2;
const WINDOWS = 5;
const USAGE = { path: '/api/usage/token/' };
/** As the settings of these windows have it. */
const INTERVAL_MS = 5 * MINUTE;
/** One call's timeout and the margin for what else a check does. */
const CLAIM_MS = 10_000;
/** How often a window with focus looks. */
const LOOK_MS = 1000;

describe('windows that all try to claim the same keys', () => {
  let machine: SharedMachine;

  beforeEach(async () => {
    machine = await SharedMachine.open({
      folder: tempFolder(),
      keys: KEYS,
      gateway: { settings: BILLS_ACCOUNT },
    });
    await openFocusedWindows();
  });

  afterEach(async () => {
    await machine.close();
    removeTempFolders();
  });

  /** Each of them has the focus, so that none waits for another one to go first. */
  async function openFocusedWindows(): Promise<void> {
    while (machine.windows.length < WINDOWS) await machine.openWindow();
    for (const { testWindow } of machine.windows) testWindow.gainFocus();
  }

  /** The times between two questions about one key. */
  function gaps(): number[] {
    return Array.from({ length: KEYS }, (_, index) => {
      const times = machine.gateway.callsOf({ ...USAGE, key: `key-${index}` }).map(({ at }) => at);
      return times.slice(1).map((time, before) => time - (times[before] ?? time));
    }).flat();
  }

  it('ask each once in its interval, and on time', async () => {
    // All keys are in use, and are asked as often as the user wants.
    for (let minute = 0; minute < 51; minute += 3) {
      for (let index = 0; index < KEYS; index++) machine.gateway.key(`key-${index}`).remain -= 1;
      await machine.advance(3 * MINUTE);
    }
    assert.equal(gaps().length, KEYS * 10);
    for (const gap of gaps())
      assert.ok(gap >= 0.9 * INTERVAL_MS && gap <= 1.1 * INTERVAL_MS + LOOK_MS, `${gap} ms`);
  });

  it('ask about a key whose window crashed while asking when its claim has ended, once', async () => {
    await machine.advance(MINUTE);
    const crashes = 3;
    for (let crash = 0; crash < crashes; crash++) {
      // The window that asks first crashes by it; the others do not ask, because the key is claimed.
      for (const window of machine.windows) window.crashAfterNextRequest();
      const asked = machine.gateway.calls.length;
      while (machine.gateway.calls.length === asked) await machine.advance(LOOK_MS);
      for (const window of machine.windows) window.cancelCrash();
      await openFocusedWindows();
      await machine.advance(20 * MINUTE);
    }
    const soon = gaps().filter(gap => gap < 0.9 * INTERVAL_MS);
    assert.equal(soon.length, crashes);
    for (const gap of soon) assert.ok(gap >= CLAIM_MS && gap <= CLAIM_MS + LOOK_MS, `${gap} ms`);
  });
});
