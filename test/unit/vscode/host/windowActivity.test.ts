import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type * as Activity from '../../../../src/vscode/host/windowActivity.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { windowActivity } = await importWithStub<typeof Activity>('vscode/host/windowActivity.ts');

describe('the focus of the window', () => {
  afterEach(() => {
    Object.assign(vscodeStub, { focused: undefined, active: undefined });
  });

  it('is as the editor says, and there where it does not say', () => {
    assert.equal(windowActivity.focused, true);
    windowActivity.onDidFocus(() => assert.fail('nobody tells')).dispose();
    for (const focused of [true, false]) {
      vscodeStub.focused = focused;
      assert.equal(windowActivity.focused, focused);
    }
  });

  it('is beside whether somebody uses it, where the editor says so', () => {
    assert.equal(windowActivity.active, undefined);
    vscodeStub.focused = true;
    assert.equal(windowActivity.active, undefined);
    vscodeStub.active = false;
    assert.equal(windowActivity.active, false);
  });

  for (const [begins, changes, gained] of [
    [false, [true, true, false, false, true], 2],
    [true, [true, false, true], 1],
  ] as const) {
    it(`is gained ${gained} times by ${changes.join(', ')} after ${begins}`, () => {
      vscodeStub.focused = begins;
      let count = 0;
      const listening = windowActivity.onDidFocus(() => count++);
      for (const focused of changes) vscodeStub.changeFocus(focused);
      assert.equal(count, gained);
      listening.dispose();
    });
  }
});
