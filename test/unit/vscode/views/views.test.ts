import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as ViewsModule from '../../../../src/vscode/views/views.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { at, DAY, HOUR, keyState, MINUTE, quota, reading } from '../../support/samples.ts';
import { changeSettings, importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { Views } = await importWithStub<typeof ViewsModule>('vscode/views/views.ts');

describe('what is always on screen', () => {
  let clock: ManualClock;
  let views: ViewsModule.Views;
  const handed = (to: string, member: string) =>
    vscodeStub.handed.filter(each => each[0] === to && each[1] === member).map(([, , what]) => what);
  const situations = () => handed('a command', 'setContext').map(what => (what as readonly unknown[])[1]);
  const failing = keyState({ status: 'stale', failure: { class: 'transient', message: '' } });

  beforeEach(() => {
    Object.assign(vscodeStub, { handed: [], settings: {} });
    clock = new ManualClock();
    views = new Views(clock);
  });
  afterEach(() => {
    views.dispose();
    vscodeStub.settings = {};
  });

  it('tells VS Code how things stand as a whole, each time that changes', async () => {
    for (const keys of [[], [], [failing], [failing, keyState()], [keyState()], [failing]])
      views.renderViews(keys);
    assert.deepEqual(situations(), ['noKeys', 'allFailing', 'fine', 'allFailing']);
    assert.deepEqual(handed('a command', 'setContext')[0], ['keyQuota.situation', 'noKeys']);
    await views.onScreen;
  });

  it('shows a snapshot at once in the status bar and at the icon of the tree', () => {
    views.renderViews([keyState({ status: 'low' })]);
    assert.deepEqual(handed('the status bar', 'text'), ['$(warning) Team · $15.00 · low']);
    assert.deepEqual(handed('the tree', 'badge'), [{ value: 1, tooltip: 'Keys that need attention: 1' }]);
  });

  it('is drawn again when time alone changes what it says, and no more once it is gone', async () => {
    views.renderViews([
      keyState({
        reading: reading({ quota: quota(15, 20), expiresAt: at(3 * DAY + HOUR) }),
        nextCheckAt: at(DAY),
      }),
    ]);
    await clock.advance(HOUR - MINUTE);
    assert.deepEqual(handed('the status bar', 'text'), ['$(key) Team · $15.00 · expires in 3 days']);
    await clock.advance(2 * MINUTE);
    assert.deepEqual(handed('the status bar', 'text').slice(1), ['$(key) Team · $15.00 · expires in 2 days']);
    views.dispose();
    await clock.advance(2 * DAY);
    assert.equal(handed('the status bar', 'text').length, 2);
  });

  it('follows a change of the status bar’s settings without a new snapshot', () => {
    views.renderViews([keyState()]);
    changeSettings({ 'statusBar.style': 'percent' });
    assert.deepEqual(handed('the status bar', 'text'), ['$(key) Team · $15.00', '$(key) Team · 75%']);
  });

  it('is visible while either the status bar or the tree is', () => {
    assert.equal(views.visible, true);
    changeSettings({ 'statusBar.visible': false });
    assert.equal(views.visible, true, 'the tree is open');
    Object.defineProperty(views.tree, 'visible', { value: false });
    assert.equal(views.visible, false);
    changeSettings({ 'statusBar.visible': true });
    assert.equal(views.visible, true);
  });

  it('goes as a whole when the extension stops', () => {
    views.renderViews([keyState()]);
    views.dispose();
    assert.deepEqual(
      ['the status bar', 'the tree'].map(view => handed(view, 'dispose').length),
      [1, 1],
    );
  });
});
