import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EMPTY_LOG_FORM } from '../../../src/core/panels/logsForm.ts';
import type { UsagePageRequest } from '../../../src/core/panels/usageMessages.ts';
import { filterName } from '../../../src/webview/logs/logsFilterBar.ts';
import { type ToolbarOptions, toolbar } from '../../../src/webview/usage/toolbar.ts';
import { FIRST_VIEW } from '../../../src/webview/usage/viewState.ts';
import { busyBar } from '../../../src/webview/widgets/busyBar.ts';
import { button } from '../../../src/webview/widgets/button.ts';
import { listeners, markup, templateText } from './templateText.ts';

describe('a button of a page', () => {
  const shown = (more: Parameters<typeof button>[2]) =>
    markup(button('Show', () => undefined, more)).replace(/\s+/g, ' ');
  /** How often it does what it is for when it is pressed once. */
  const presses = (more: Parameters<typeof button>[2]) => {
    let count = 0;
    for (const press of listeners(button('Show', () => count++, more))) press();
    return count;
  };

  it('does what it is for, unless it cannot be used, which screen readers are told', () => {
    assert.deepEqual([presses({}), presses({ isUsable: false })], [1, 0]);
    assert.match(shown({ isUsable: false }), /aria-disabled=true/);
    assert.match(shown({}), /aria-disabled= /);
  });

  it('is pressed or not where it stays so, and has no such state elsewhere', () => {
    assert.match(shown({ isPressed: true }), /aria-pressed=true/);
    assert.match(shown({ isPressed: false }), /aria-pressed=false/);
    assert.match(shown({}), /aria-pressed= /);
  });

  it('has a longer name where its label is too short', () => {
    assert.match(shown({ name: 'Show the range' }), /aria-label=Show the range/);
    assert.match(shown({}), /aria-label= /);
  });
});

describe('the progress of a request', () => {
  const told = (progress: Parameters<typeof busyBar>[0]) =>
    templateText(busyBar(progress, () => undefined)).replace(/ ?Cancel$/, '');

  it('is told by rows, and by how many there are where that is known', () => {
    assert.equal(told({ done: 0 }), 'Asking…');
    assert.equal(told({ done: 0, total: 50 }), 'Asking…');
    assert.equal(told({ done: 1200 }), 'Asking… 1,200 rows');
    assert.equal(told({ done: 1200, total: 5000 }), 'Asking… 1,200 of 5,000 rows');
  });

  it('is nothing where none runs', () => {
    assert.equal(told(undefined), '');
  });

  it('is a bar that moves where no number is known', () => {
    const bar = (progress: Parameters<typeof busyBar>[0]) =>
      /\.indeterminate=(\S*)\s+\.value=(\S*)\s+\.max=(\S*)/
        .exec(markup(busyBar(progress, () => undefined)))
        ?.slice(1);
    assert.deepEqual(bar({ done: 3, total: 50 }), ['false', '3', '50']);
    assert.deepEqual(bar({ done: 3 }), ['true', '3', '100']);
    assert.deepEqual(bar(undefined), ['false', '', '100']);
  });
});

describe('the toolbar of the usage panel', () => {
  const posted: UsagePageRequest[] = [];
  const bar = (more: Partial<ToolbarOptions>) =>
    toolbar({
      ...{ view: FIRST_VIEW, hasHours: true, isComparing: false, hasReports: true },
      onChange: () => undefined,
      post: message => posted.push(message),
      ...more,
    });

  it('offers hours only where there are some', () => {
    assert.match(templateText(bar({})), /Bars hoursdays/);
    assert.doesNotMatch(templateText(bar({ hasHours: false })), /Bars/);
  });

  it('compares, or no longer compares', () => {
    for (const isComparing of [true, false]) {
      posted.length = 0;
      for (const press of listeners(bar({ isComparing, hasReports: false, hasHours: false })).slice(2))
        press();
      assert.deepEqual(
        posted,
        [{ type: 'compare', on: !isComparing }],
        'and exports nothing without reports',
      );
    }
  });

  it('exports in each format', () => {
    posted.length = 0;
    for (const press of listeners(bar({ hasHours: false })).slice(3)) press();
    assert.deepEqual(
      posted.map(message => message.type === 'export' && message.format),
      ['csv', 'json', 'markdown'],
    );
    assert.ok(posted.every(message => message.type === 'export' && message.only === undefined));
  });

  it('exports the one key or model that is shown alone', () => {
    posted.length = 0;
    const looked = { key: { id: 'team\ncline', name: 'cline' }, model: { id: 'gpt', name: 'gpt' } };
    const view = { ...FIRST_VIEW, only: { ...looked, before: FIRST_VIEW } };
    listeners(bar({ hasHours: false, view })).slice(3)[0]?.();
    assert.deepEqual(posted, [{ type: 'export', format: 'csv', only: looked }]);
  });
});

describe('the filter of a log', () => {
  it('has a name for each of its fields', () => {
    const names = Object.keys(EMPTY_LOG_FORM) as (keyof typeof EMPTY_LOG_FORM)[];
    assert.deepEqual(names.map(name => `${name}: ${filterName(name)}`).sort(), [
      'from: From',
      'group: Group',
      'keyName: Key name',
      'model: Model',
      'requestId: Request ID',
      'to: To',
      'type: Type',
    ]);
  });
});
