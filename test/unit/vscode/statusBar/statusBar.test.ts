import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type * as StatusBars from '../../../../src/vscode/statusBar/statusBar.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { hoverText } from '../../support/hoverText.ts';
import { at, DAY, keyState, NOW, quota, reading } from '../../support/samples.ts';
import { changeSettings, importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { StatusBar } = await importWithStub<typeof StatusBars>('vscode/statusBar/statusBar.ts');

/** VS Code's numbers for the sides. */
const [LEFT, RIGHT] = [1, 2];

const TOOLTIPS = { markdownOf: tooltipMarkdown, commands: TOOLTIP_COMMANDS };

describe('the items that VS Code holds in the status bar', () => {
  let bar: StatusBars.StatusBar;
  let keys: readonly KeyState[];
  let changes: number;

  beforeEach(() => {
    Object.assign(vscodeStub, { handed: [], settings: {} });
    [keys, changes] = [[], 0];
    bar = new StatusBar(() => {
      changes += 1;
      if (keys.length > 0) draw();
    });
    bar.addTooltips(TOOLTIPS);
    [keys, changes] = [[keyState()], 0];
  });
  afterEach(() => {
    bar.dispose();
    vscodeStub.settings = {};
  });

  const draw = (...others: readonly KeyState[]) => {
    if (others.length > 0) keys = others;
    vscodeStub.handed.length = 0;
    bar.renderItems(keys, NOW);
  };
  const handed = (member: string) =>
    vscodeStub.handed.filter(each => each[1] === member).map(([, , what]) => what);
  const members = () => vscodeStub.handed.map(([, member]) => member);
  const pinned = (id: string) => keyState({ id, label: id, pinned: true });

  it('are set when they appear, and after that only where they have changed', () => {
    draw();
    assert.deepEqual(members(), [
      'created',
      'name',
      'text',
      'accessibilityInformation',
      'tooltip',
      'command',
      'show',
    ]);
    draw();
    assert.deepEqual(members(), []);
    draw(keyState({ reading: reading({ quota: quota(15, 20), expiresAt: null, models: ['a'] }) }));
    assert.deepEqual(members(), [], 'of models the status bar says nothing');
    draw(keyState({ status: 'low' }));
    assert.deepEqual(members(), ['text', 'accessibilityInformation', 'tooltip', 'backgroundColor']);
    assert.deepEqual(handed('text'), ['$(warning) Team · $15.00 · low']);
    assert.deepEqual(JSON.stringify(handed('backgroundColor')), '[{"id":"statusBarItem.warningBackground"}]');
    draw(keyState());
    assert.deepEqual(handed('backgroundColor'), [undefined], 'what is well again has no color');
  });

  it('show by a click what they are about: all keys, or the one that they show', () => {
    draw();
    assert.deepEqual(handed('command'), ['keyQuota.showKeys']);
    changeSettings({ 'statusBar.items': 'perKey' });
    draw(pinned('one'));
    assert.deepEqual(handed('command'), [
      { command: 'keyQuota.showKeys', title: 'Key Quota: one', arguments: ['one'] },
    ]);
    draw({ ...pinned('one'), pinned: false });
    assert.deepEqual(handed('command'), ['keyQuota.showKeys']);
    bar.renderItems([], NOW);
    assert.deepEqual(handed('command').at(-1), 'keyQuota.addKey');
  });

  it('have the card of their key as a tooltip, and only that of a card that has changed is set again', () => {
    changeSettings({ 'statusBar.items': 'perKey' });
    draw(pinned('one'), pinned('two'));
    const cardsIn = () =>
      (handed('tooltip') as { value: string }[]).map(({ value }) => hoverText(value).cards);
    const spend = {
      today: 1.2,
      week: 6,
      calendarWeek: 6,
      month: 14.3,
      since: at(-40 * DAY),
      complete: true,
      days: [],
    };
    assert.deepEqual(
      cardsIn().map(cards => cards.map(({ name }) => name)),
      [['one'], ['two']],
    );
    // The item itself says nothing about spend.
    draw({ ...pinned('one'), spend }, pinned('two'));
    assert.deepEqual(members(), ['tooltip']);
    assert.deepEqual(
      cardsIn().map(cards => cards.map(({ name, spent }) => [name, spent])),
      [[['one', '$1.20 today · $14.30 this month']]],
    );
    draw({ ...pinned('one'), spend }, pinned('two'));
    assert.deepEqual(members(), []);
  });

  it('stand in the order of the keys, and go with their pin', () => {
    changeSettings({ 'statusBar.items': 'perKey' });
    draw(pinned('one'), pinned('two'));
    assert.deepEqual(handed('created'), [
      ['keyQuota.key.one', RIGHT, 90],
      ['keyQuota.key.two', RIGHT, 90 - 0.001],
    ]);
    draw(keyState({ id: 'one' }), pinned('two'));
    assert.deepEqual(members(), ['dispose']);
    draw(pinned('one'), pinned('two'));
    assert.deepEqual(members().slice(0, 1), ['created'], 'one that comes back is another item');
  });

  it('move to the other side as items of their own, since VS Code remembers a side by its id', () => {
    draw();
    assert.deepEqual(handed('created'), [['keyQuota.main', RIGHT, 90]]);
    changeSettings({ 'statusBar.alignment': 'left' });
    assert.deepEqual([members().slice(0, 2), changes], [['dispose', 'created'], 1]);
    assert.deepEqual(handed('created'), [['keyQuota.main.left', LEFT, 90]]);
  });

  it('are gone while the user wants none, save for a preview', () => {
    draw();
    assert.equal(bar.visible, true);
    changeSettings({ 'statusBar.visible': false });
    assert.deepEqual([bar.visible, members()], [false, ['dispose']]);
    bar.preview({ style: 'percent' });
    assert.deepEqual(handed('text'), ['$(key) Team · 75%']);
    bar.preview(undefined);
    assert.deepEqual([members(), changes], [['dispose'], 3]);
  });

  it('are previewed in a style, and then again as they are set', () => {
    draw();
    bar.preview({ style: 'bar' });
    assert.deepEqual(handed('text'), ['$(key) Team · ■■■■■■□□']);
    bar.preview(undefined);
    assert.deepEqual(handed('text'), ['$(key) Team · $15.00']);
  });

  it('get their tooltips as soon as those can be made', () => {
    const early = new StatusBar(() => early.renderItems([keyState()], NOW));
    early.renderItems([keyState()], NOW);
    assert.deepEqual(handed('tooltip'), []);
    vscodeStub.handed.length = 0;
    early.addTooltips(TOOLTIPS);
    assert.deepEqual(members(), ['tooltip']);
    early.dispose();
  });

  it('may hold links to four commands alone', () => {
    draw();
    const [tooltip] = handed('tooltip') as [{ isTrusted: unknown; supportThemeIcons: boolean }];
    assert.deepEqual(tooltip.isTrusted, {
      enabledCommands: [
        'keyQuota.refreshAll',
        'keyQuota.showOverview',
        'keyQuota.addKey',
        'keyQuota.keys.focus',
      ],
    });
    assert.equal(tooltip.supportThemeIcons, true);
  });

  it('go when the extension stops, and heed no setting any more', () => {
    draw();
    vscodeStub.handed.length = 0;
    bar.dispose();
    assert.deepEqual(members(), ['dispose']);
    changeSettings({ 'statusBar.style': 'bar' });
    assert.equal(changes, 0);
    draw();
    assert.deepEqual(members().slice(0, 1), ['created'], 'none of them is used again');
  });
});
