import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import { runCommand } from '../../support/runCommand.ts';
import { keyState, NOW } from '../../support/samples.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

describe('the command that chooses the style of the status bar', () => {
  /** What the status bar was told to preview; undefined ends that. */
  let previews: unknown[];
  const parts = () =>
    ({
      monitor: { snapshot: [keyState()] },
      clock: { now: () => NOW },
      views: { statusBar: { preview: (look: unknown) => previews.push(look) } },
    }) as unknown as CommandParts;
  const run = (argument?: unknown) => runCommand(parts(), 'keyQuota.chooseStatusBarStyle', argument);
  /** Opens the list, and does something in it. */
  const inList = async (act: (list: (typeof vscodeStub.picks)[number]) => void) => {
    const result = run();
    await turn();
    act(vscodeStub.picks.at(-1) ?? assert.fail());
    return result;
  };

  beforeEach(() => {
    previews = [];
    Object.assign(vscodeStub, { person: {}, settings: {}, shown: [], handed: [], picks: [] });
  });
  afterEach(() => {
    vscodeStub.settings = {};
  });

  it('sets the style of its argument, for all windows, without a question', async () => {
    assert.equal(await run('percent'), 'percent');
    assert.deepEqual(vscodeStub.handed, [['a setting', 'statusBar.style', 'percent']]);
    assert.deepEqual([vscodeStub.picks, previews], [[], [undefined]]);
  });

  it('offers each style by a name and as it would look, with the one that is set first in focus', async () => {
    vscodeStub.settings = { 'statusBar.style': 'bar' };
    await inList(list => {
      assert.deepEqual(
        list.items.map(({ label, description }) => [label, description]),
        [
          ['Amount left', '$(key) Team · $15.00'],
          ['Percent left', '$(key) Team · 75%'],
          ['Bar', '$(key) Team · ■■■■■■□□'],
          ['Bar and amount', '$(key) Team · ■■■■■■□□ $15.00'],
          ['Used of limit', '$(key) Team · $5.00 of $20.00 used'],
          ['Spent today', 'no figures yet: $(key) Team · $15.00'],
          ['Spending limit', 'no figures yet: $(key) Team · $15.00'],
          ['Time left', 'no figures yet: $(key) Team · $15.00'],
          ['Template of your own…', '$(key) Team $15.00'],
          ['Icon only', '$(key)'],
        ],
      );
      assert.deepEqual(
        list.activeItems.map(({ label }) => label),
        ['Bar'],
      );
      list.hide();
    });
    assert.deepEqual(vscodeStub.shown, ['Status Bar Style']);
  });

  it('previews a style while a person is at its line, and sets the one that is taken', async () => {
    const taken = await inList(list => {
      list.moveTo('Time left');
      list.moveTo('no line');
      list.take('Icon only');
    });
    assert.equal(taken, 'icon');
    assert.deepEqual(previews, [{ style: 'time' }, undefined]);
    assert.deepEqual(vscodeStub.handed, [['a setting', 'statusBar.style', 'icon']]);
  });

  it('asks for a template of one’s own, previews it, and sets both', async () => {
    vscodeStub.person = {
      typed: prompt => (prompt.startsWith('Fields: {name} {left}') ? '{name}: {bar}' : undefined),
    };
    const taken = await inList(list => list.take('Template of your own…'));
    assert.equal(taken, 'template');
    assert.deepEqual(previews, [
      { style: 'template', template: '{name} {left} · {today}' },
      { style: 'template', template: '{name}: {bar}' },
      undefined,
    ]);
    assert.deepEqual(vscodeStub.handed, [
      ['a setting', 'statusBar.template', '{name}: {bar}'],
      ['a setting', 'statusBar.style', 'template'],
    ]);
  });

  it('says which field there is not, and takes the template all the same', async () => {
    vscodeStub.person = { typed: () => '{name} {nmae} {remaining}' };
    assert.equal(await inList(list => list.take('Template of your own…')), 'template');
    assert.match(vscodeStub.shown.at(-1) ?? '', /^There is no field \{nmae\}\. Fields: \{name\} \{left\} /);
  });

  it('sets nothing where no template is entered', async () => {
    assert.equal(await inList(list => list.take('Template of your own…')), undefined);
    assert.deepEqual([previews.at(-1), vscodeStub.handed], [undefined, []]);
  });

  it('sets the template of its argument, which has its bounds', async () => {
    assert.equal(await run({ template: '{left}' }), 'template');
    assert.deepEqual(
      vscodeStub.handed.map(([, name]) => name),
      ['statusBar.template', 'statusBar.style'],
    );
    await assert.rejects(run({ template: 'x'.repeat(201) }), /200 characters at most/);
  });

  it('ends the preview and sets nothing where the list is closed', async () => {
    const taken = await inList(list => {
      list.moveTo('Bar');
      list.hide();
    });
    assert.equal(taken, undefined);
    assert.deepEqual([previews, vscodeStub.handed], [[{ style: 'bar' }, undefined], []]);
  });
});
