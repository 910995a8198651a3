import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, describe, it } from 'mocha';
import { EMPTY_LOG_FORM, type LogForm } from '../../../src/core/panels/logsForm.ts';
import {
  keyDoubt,
  type LogsFilterOptions,
  logRangeProblem,
  logsFilterBar,
} from '../../../src/webview/logs/logsFilterBar.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { listeners, markup, templateText } from './templateText.ts';

const bar = (form: Partial<LogForm>, more: Partial<LogsFilterOptions> = {}) =>
  logsFilterBar({
    form: { ...EMPTY_LOG_FORM, ...form },
    onSearch: () => undefined,
    onInput: () => undefined,
    keyNames: [],
    isKeyListWhole: true,
    ...more,
  });

describe('the filter of the logs panel', () => {
  useTimeZone('UTC');
  afterEach(() => mock.timers.reset());

  it('says what is wrong with its range, once both ends are there', () => {
    const problem = (from: string, to: string) => logRangeProblem({ from, to });
    assert.equal(problem('2026-06-02', '2026-06-01'), 'The range ends before it begins.');
    assert.equal(problem('soon', '2026-06-01'), 'This is not a date. Dates look like 2026-06-01.');
    assert.deepEqual(
      [problem('2026-06-02', ''), problem(' ', 'soon'), problem('2026-06-01', ' 2026-06-02 ')],
      [undefined, undefined, undefined],
    );
    assert.match(
      templateText(bar({ from: '2026-06-02', to: '2026-06-01' })),
      /The range ends before it begins\./,
    );
  });

  it('says of one end alone that it is no date, once it is as long as one', () => {
    const noDate = 'This is not a date. Dates look like 2026-06-01.';
    assert.deepEqual(
      [logRangeProblem({ from: '2026-13-01', to: '' }), logRangeProblem({ from: '', to: '2026/06/01' })],
      [noDate, noDate],
    );
    assert.equal(logRangeProblem({ from: '2026-13', to: '' }), undefined);
    assert.equal(
      logRangeProblem({ from: '', to: '2999-01-01' }),
      undefined,
      'the other end may be in the past',
    );
  });

  it('is not searched with a range that is none', () => {
    const searched: LogForm[] = [];
    const search = (form: Partial<LogForm>) => {
      const template = bar(form, { onSearch: each => searched.push(each) });
      // The last two: Search and Clear; after the six presets the fields of the range, by the Enter key.
      const each = listeners(template) as ((event?: unknown) => void)[];
      each.at(-2)?.();
      for (const at of [7, 9]) each[at]?.({ key: 'Enter' });
    };
    search({ from: '2026-06-02', to: '2026-06-01' });
    assert.deepEqual(searched, []);
    search({ from: '2026-06-01', to: '2026-06-02' });
    assert.equal(searched.length, 3);
  });

  it('doubts a key that the account has not, but no pattern, and not where more keys may be there', () => {
    const doubt = (keyName: string, isKeyListWhole = true) =>
      keyDoubt({ form: { ...EMPTY_LOG_FORM, keyName }, keyNames: ['alice'], isKeyListWhole });
    assert.equal(
      doubt('bob'),
      'The account has no key named “bob”; rows of one that was deleted may still be there.',
    );
    assert.deepEqual(
      [doubt(' alice '), doubt(''), doubt('al%'), doubt('bob', false)],
      [undefined, undefined, undefined, undefined],
    );
  });

  it('has the account’s keys to choose from, and the one that is typed', () => {
    const options = (form: Partial<LogForm>, keyNames: readonly string[]) =>
      [...markup(bar(form, { keyNames })).matchAll(/<vscode-option value=(\w*)>/g)].map(([, value]) => value);
    assert.deepEqual(options({}, ['alice', 'bob']).slice(0, 3), ['', 'alice', 'bob']);
    assert.deepEqual(options({ keyName: 'carol' }, ['alice']).slice(0, 3), ['', 'carol', 'alice']);
    assert.ok(!options({ keyName: 'carol' }, []).includes('carol'), 'no list where no key is known');
  });

  it('searches in a preset range, and says which one it is', () => {
    // On the seventh, the last seven days are this month too.
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 5, 15, 12) });
    const searched: LogForm[] = [];
    const [first] = listeners(bar({ model: 'gpt' }, { onSearch: form => searched.push(form) }));
    first?.();
    assert.deepEqual(searched, [{ ...EMPTY_LOG_FORM, model: 'gpt', from: '2026-06-15', to: '2026-06-15' }]);
    const pressed = (form: Partial<LogForm>) =>
      [...markup(bar(form)).matchAll(/aria-pressed=(\w+)/g)].map(([, is]) => is === 'true');
    assert.deepEqual(pressed({ from: '2026-06-09', to: '2026-06-15' }), [
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
    assert.deepEqual(pressed({}), Array(6).fill(false));
  });
});
