import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as v from 'valibot';
import { FIRST_LOOK, overviewMessage } from '../../../../src/core/panels/overviewMessages.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { SpendingLimit } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import type { UnitSpend } from '../../../../src/services/usage/spendByDay.ts';
import { setFiguresHidden } from '../../../../src/text/hiddenFigures.ts';
import { overviewParts, overviewSpend } from '../../../../src/vscode/panels/overviewParts.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const spend = {
  today: 1,
  week: 3,
  calendarWeek: 3,
  month: 7.5,
  since: at(-60 * DAY),
  complete: true,
  days: [0, 4, 1],
};
const key = (id: string, more: Partial<KeyState> = {}) => keyState({ id, label: `Key ${id}`, ...more });
const SPENT = key('spent', { spend, pinned: true });
const ENDING = key('ending', { reading: reading({ quota: quota(15, 20), expiresAt: at(3 * DAY) }) });

describe('what the overview shows', () => {
  useTimeZone('UTC');
  afterEach(() => setFiguresHidden(false));
  const parts = (keys: readonly KeyState[], look = FIRST_LOOK) => overviewParts(keys, look, NOW);

  it('has a card for each key, by urgency, in words and pictures', () => {
    const { cards, order, keys, matching, updated } = parts([SPENT, ENDING]);
    assert.deepEqual([order, keys, matching], [['ending', 'spent'], 2, 2]);
    assert.deepEqual(cards[1], {
      id: 'spent',
      name: 'Key spent',
      tone: 'good',
      icon: 'key',
      status: 'ok',
      isPinned: true,
      left: '$15.00 of $20.00 left',
      share: '75%',
      notice: undefined,
      next: undefined,
      spent: '$1.00 today · $7.50 this month',
      bar: { share: 0.75, tone: 'good' },
      days: { parts: [0, 1, 0.25], text: 'Spent on each of 3 days, $4.00 at most' },
    });
    assert.equal(cards[0]?.next, 'expires in 3 days');
    assert.match(updated, /^Updated 12:00\sPM$/);
  });

  it('has sums by unit, with what they lack', () => {
    const { sums } = parts([SPENT, ENDING]);
    assert.deepEqual(sums, [
      {
        name: 'Spent · USD',
        ...{ today: '≥ $1.00', week: '≥ $3.00', month: '≥ $7.50' },
        notes: ['keys whose spend is unknown: 1'],
        limits: [],
      },
    ]);
    assert.deepEqual(parts([SPENT]).sums[0]?.notes, []);
    assert.equal(parts([SPENT]).sums[0]?.month, '$7.50');
  });

  it('has how much is spent of the limits for all keys of a currency, beside its sum', () => {
    const limit = (period: SpendingLimit['period'], amount: number, code: 'USD' | 'CNY' = 'USD') =>
      ({ scope: { of: 'currency' }, period, amount, unit: { code } }) as const;
    const ofCurrencies = [limit('month', 5), limit('day', 4), limit('week', 3.5), limit('day', 7, 'CNY')];
    const { sums } = overviewParts([SPENT], FIRST_LOOK, NOW, { ofCurrencies, monthBegins: 1 });
    assert.deepEqual(
      sums.map(({ name, today, limits }) => [name, today, limits]),
      [
        [
          'Spent · USD',
          '$1.00',
          [
            { text: '$1.00 of $4.00 today', bar: { share: 0.25, tone: 'good' } },
            { text: '$3.00 of $3.50 this week', bar: { share: 3 / 3.5, tone: 'warning' } },
            { text: '$7.50 of $5.00 this month', bar: { share: 1, tone: 'error' } },
          ],
        ],
        ['Spent · CNY', 'unknown', [{ text: '– of ¥7.00 today' }]],
      ],
    );
    // Nothing is seen of today but a part of it.
    const added = key('added', { spend: { ...spend, today: 0, since: at(-HOUR), complete: false } });
    const [ofAdded] = overviewParts([added], FIRST_LOOK, NOW, {
      ofCurrencies: [limit('day', 4)],
      monthBegins: 1,
    }).sums;
    assert.deepEqual([ofAdded?.today, ofAdded?.limits], ['unknown', [{ text: '– of $4.00 today' }]]);
    // More was given back than spent.
    const refunded = key('refunded', { spend: { ...spend, today: -1 } });
    const limits = { ofCurrencies: [limit('day', 4)], monthBegins: 1 };
    assert.equal(overviewParts([refunded], FIRST_LOOK, NOW, limits).sums[0]?.limits[0]?.bar?.share, 0);
    setFiguresHidden(true);
    const hidden = overviewParts([SPENT], FIRST_LOOK, NOW, { ofCurrencies, monthBegins: 1 }).sums;
    assert.ok(hidden.every(sum => sum.limits.every(({ bar }) => !bar)));
    assert.doesNotMatch(JSON.stringify(hidden), /[$%]/);
  });

  it('has what comes next, with its day and its date', () => {
    const { coming } = parts([SPENT, ENDING]);
    assert.deepEqual(coming, {
      today: '2026-06-15',
      events: [
        {
          ...{ keyId: 'ending', name: 'Key ending', what: 'expires', day: 3, text: 'expires in 3 days' },
          when: coming.events[0]?.when,
        },
      ],
      others: 0,
    });
    assert.match(coming.events[0]?.when ?? '', /^Jun 18, 2026, 12:00\sPM$/);
  });

  it('has no more cards than are looked at, and of the keys with these words in their name', () => {
    const keys = Array.from({ length: 20 }, (_, index) => key(String(index)));
    const first = parts(keys);
    assert.deepEqual([first.cards.length, first.matching, first.keys], [12, 20, 20]);
    const some = parts(keys, { filter: ' 1  KEY', cards: 3 });
    // 1 and 10 to 19.
    assert.deepEqual([some.cards.length, some.matching], [3, 11]);
  });

  it('tells a hundred events at most, and how many there are besides', () => {
    const keys = Array.from({ length: 103 }, (_, index) => ({ ...ENDING, id: String(index) }));
    const { coming } = parts(keys);
    assert.deepEqual([coming.events.length, coming.others], [100, 3]);
  });

  it('has no figure in any form while figures are hidden', () => {
    setFiguresHidden(true);
    const { cards, sums } = parts([SPENT]);
    assert.deepEqual([cards[0]?.bar, cards[0]?.days, cards[0]?.share], [undefined, undefined, undefined]);
    assert.doesNotMatch(JSON.stringify([cards, sums]), /[$%]/);
  });

  it('is a message that the page reads', () => {
    const message = JSON.parse(JSON.stringify({ type: 'show', ...parts([SPENT, ENDING]) }));
    assert.deepEqual(v.parse(overviewMessage, message), message);
  });
});

describe('what the overview shows of spend by day', () => {
  const unitSpend = (more: Partial<UnitSpend> = {}): UnitSpend => ({
    scope: 'key',
    unit: { code: 'USD', source: 'gateway' },
    headline: { isComplete: true, keysWithTotal: 1, keyCount: 1, coveredShare: 1 },
    days: ['2026-06-14', '2026-06-15'],
    isWhole: [false, true],
    models: [{ name: 'gpt', used: [0, 1] }],
    isUndated: false,
    week: { used: [[undefined, 1]], most: 1, withoutHour: 0, silent: 0 },
    ...more,
  });

  it('has the color of each model, and says what it lacks', () => {
    const shown = overviewSpend(unitSpend(), () => 7);
    assert.deepEqual(shown.models, [{ name: 'gpt', slot: 7, used: [0, 1] }]);
    assert.deepEqual(shown.week.used, [[null, 1]]);
    assert.equal(shown.lack, undefined);
    const headline = {
      isComplete: false,
      keysWithTotal: 1,
      keyCount: 3,
      coveredShare: 0.5,
      flaw: 'incomplete',
    } as const;
    assert.equal(
      overviewSpend(unitSpend({ headline, isUndated: true }), () => 0).lack,
      'Incomplete: it covers 1 of 3 keys, 50% of the range. Spend at unknown times is not in the chart.',
    );
    const message = { type: 'show', spend: [JSON.parse(JSON.stringify(shown))] };
    assert.deepEqual(v.parse(overviewMessage, message), message);
  });

  it('adds up the smallest of too many models', () => {
    const models = Array.from({ length: 42 }, (_, index) => ({ name: `m${index}`, used: [1, 2] }));
    const shown = overviewSpend(unitSpend({ models }), () => 0);
    assert.equal(shown.models.length, 40);
    assert.deepEqual(shown.models.at(-1), { name: '3 others', slot: 0, used: [3, 6] });
  });
});
