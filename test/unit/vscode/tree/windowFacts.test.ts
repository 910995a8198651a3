import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { figureOfTotalText, figureWithShareText } from '../../../../src/text/keyFigure.ts';
import { resetNotice, spokenText } from '../../../../src/text/keyTexts.ts';
import { keyFacts } from '../../../../src/vscode/tree/keyFacts.ts';
import { at, HOUR, keyState, MINUTE, NOW, reading } from '../../support/samples.ts';

const lines = (windows: readonly QuotaWindow[], more: Partial<Reading> = {}) =>
  keyFacts(keyState({ reading: reading({ windows, ...more }) }), NOW)
    .filter(({ value }) => value !== undefined)
    .map(({ label, value }) => `${label}: ${value}`);

describe('the lines of quota windows', () => {
  const resetsAt = at(2 * HOUR);
  const ROWS: readonly [window: QuotaWindow, line: string][] = [
    [{ name: '5h', unit: 'percent', used: 88, resetsAt }, '5h window: 88% used · resets in 2 hours'],
    [{ name: 'day', unit: 'requests', used: 139, limit: 200 }, 'Daily limit: 139 of 200 requests used'],
    [
      { name: 'week', unit: 'tokens', used: 1200, limit: 5000 },
      'Weekly limit: 1,200 tokens of 5,000 tokens used',
    ],
    [{ name: 'month', unit: 'money', limit: 100, remaining: 74.5 }, 'Monthly limit: $25.50 of $100.00 used'],
    [{ name: 'total', unit: 'money', used: 1, limit: 2 }, 'Limit: $1.00 of $2.00 used'],
    [{ name: '30d', unit: 'money', used: 1, limit: null }, '30d window: no cap, $1.00 used'],
    [{ name: '30d', unit: 'money', limit: null }, '30d window: no cap'],
    [{ name: '30d', unit: 'money', used: 1 }, '30d window: $1.00 used'],
    [{ name: '30d', unit: 'money', limit: 5 }, '30d window: unknown'],
    [
      { name: 'total', scope: 'team', scopeName: 'Core', unit: 'money', used: 18, limit: 20 },
      'Remaining in team “Core”: $2.00 of $20.00',
    ],
    [
      { name: 'month', scope: 'owner', unit: 'requests', used: 18, limit: 20 },
      'Remaining in owner, month: 2 of 20 requests',
    ],
    [
      { name: '5h', scope: 'plan', scopeName: 'Max', unit: 'percent', used: 30.5 },
      'Remaining in plan “Max”, 5h: 69.5%',
    ],
    [
      { name: 'day', scope: 'model', scopeName: ':free', unit: 'requests', used: 50, limit: 50 },
      'Limit of models “:free”, day: 50 of 50 requests used',
    ],
    // Minus three hours cannot be a time until a reset.
    [
      { name: '5h', unit: 'percent', used: 88, resetsAt: at(-3 * HOUR) },
      '5h window: 88% used · reset time unknown',
    ],
  ];
  for (const [window, line] of ROWS)
    it(line, () => assert.ok(lines([window]).includes(line), lines([window]).join('\n')));

  it('say that nothing is known once one has been reset', () => {
    const window: QuotaWindow = { name: '5h', unit: 'percent', resetsAt: at(-5 * MINUTE) };
    const line = '5h window: unknown since the reset 5 minutes ago';
    assert.ok(lines([window], { takenAt: at(-HOUR) }).includes(line));
  });

  it('a key that a window limits is not called unlimited, and its budget is not told twice', () => {
    const window: QuotaWindow = { name: 'month', unit: 'money', used: 1, limit: 100 };
    const more = { quota: { unlimited: true, used: 120 }, budget: { spent: 1, limit: 100 } };
    const shown = lines([window], more).join('\n');
    assert.doesNotMatch(shown, /Remaining on this key|Budget/);
    assert.match(shown, /^Used: \$120\.00$/m);
    const above = lines([{ ...window, scope: 'team' }], more).join('\n');
    assert.match(above, /^Remaining on this key: unlimited$/m);
  });
});

describe('a figure that comes from a window', () => {
  const shown = (window: QuotaWindow) => {
    const state = keyState({ reading: reading({ windows: [window] }) });
    return [
      figureWithShareText(state),
      figureOfTotalText(state),
      spokenText(state, NOW).split(', ').slice(2).join(', ').split(', updated')[0],
    ];
  };

  it('has its name, its share and its total', () => {
    assert.deepEqual(shown({ name: 'month', unit: 'money', limit: 100, remaining: 74.5 }), [
      '$74.50 (74%, month)',
      '$74.50 of $100.00 (74%, month)',
      '$74.50 of $100.00 (74%, month) left',
    ]);
    assert.deepEqual(shown({ name: '5h', unit: 'requests', used: 139, limit: 200 }), [
      '61 of 200 requests (30%, 5h)',
      '61 of 200 requests (30%, 5h)',
      '61 of 200 requests (30%, 5h) left',
    ]);
    assert.deepEqual(shown({ name: '5h', unit: 'percent', used: 99.6 }), [
      '0.4% (5h)',
      '0.4% (5h)',
      '0.4% (5h) left',
    ]);
  });

  it('is not known once it has been reset, and since when is said', () => {
    const window: QuotaWindow = { name: '5h', unit: 'percent', resetsAt: at(-5 * MINUTE) };
    const state = keyState({ status: 'stale', reading: reading({ takenAt: at(-HOUR), windows: [window] }) });
    assert.equal(figureOfTotalText(state), undefined);
    assert.equal(resetNotice(state, NOW), 'unknown since the reset 5 minutes ago');
  });
});
