import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type KeyChoiceOptions, keyChoice } from '../../../src/webview/usage/keyChoice.ts';
import { listeners, markup, templateText } from './templateText.ts';

const KEYS = ['a', 'b', 'c'].map(id => ({ id, label: `Key ${id}` }));
const choice = (more: Partial<KeyChoiceOptions> = {}) =>
  keyChoice({
    ...{ keys: KEYS, shown: ['a', 'b', 'c'], ticked: undefined },
    ...{ onTick: () => undefined, onChoose: () => undefined },
    ...more,
  });
const PROBLEM = 'Select at least one key.';

describe('the choice of keys in the usage panel', () => {
  it('is none where there is one key', () => {
    assert.equal(templateText(choice({ keys: KEYS.slice(0, 1) })), '');
  });

  it('says in one line how many keys are shown', () => {
    assert.match(templateText(choice()), /^All 3 keys Key aKey bKey c/);
    assert.match(templateText(choice({ shown: ['b', 'gone'] })), /^1 of 3 keys /);
  });

  it('has a tick for each key that is shown, or that was ticked since', () => {
    const ticks = (more: Partial<KeyChoiceOptions>) => markup(choice(more)).match(/(?<=\.checked=)\w+/g);
    assert.deepEqual(ticks({ shown: ['b'] }), ['false', 'true', 'false']);
    assert.deepEqual(ticks({ shown: ['b'], ticked: new Set(['c']) }), ['false', 'false', 'true']);
  });

  it('tells what is ticked, in a set of its own', () => {
    const told: string[][] = [];
    const ticked = new Set(['a']);
    const each = listeners(choice({ ticked, onTick: set => told.push([...set]) })) as ((
      event: unknown,
    ) => void)[];
    each[1]?.({ currentTarget: { checked: true } });
    each[0]?.({ currentTarget: { checked: false } });
    // All and none; the button before them shows what is ticked.
    for (const press of each.slice(4)) press({});
    assert.deepEqual([told, [...ticked]], [[['a', 'b'], [], ['a', 'b', 'c'], []], ['a']]);
  });

  it('shows what is ticked in the order of the keys, and not nothing', () => {
    const chosen: (readonly string[])[] = [];
    const show = (ticked: ReadonlySet<string>) => {
      const template = choice({ ticked, onChoose: ids => chosen.push(ids) });
      listeners(template)[3]?.();
      return templateText(template).includes(PROBLEM);
    };
    assert.equal(show(new Set(['c', 'a'])), false);
    assert.equal(show(new Set(['gone'])), true);
    assert.deepEqual(chosen, [['a', 'c']]);
  });
});
