import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyCard } from '../../../../src/core/cards/keyCard.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import type { SpendingProgress } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { type CardTexts, cardTexts, updatedText } from '../../../../src/text/cards/cardTexts.ts';
import { at, DAY, HOUR, keySpend, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const SPEND = keySpend();
const read = (more: Partial<Reading>): Partial<KeyState> => ({
  reading: reading({ quota: quota(15, 20), ...more }),
});
const PAUSED = { class: 'paused', message: '' };
const FAILED = { class: 'transient', reason: 'timeout', message: 'No answer.' };
const limit = (more: Partial<SpendingProgress>): SpendingProgress => ({
  ...{ period: 'day', limit: 5, unit: { code: 'USD' }, resetsAt: at(DAY), complete: true, spent: 1.2 },
  ...more,
});

/** A card's texts apart from its name, by hand. */
const CARDS: readonly [what: string, key: Partial<KeyState>, texts: Omit<CardTexts, 'name'>][] = [
  ['a key in good order', {}, { left: '$15.00 of $20.00 left', share: '75%' }],
  [
    'a low one',
    { status: 'low', ...read({ quota: quota(0.85, 15) }) },
    { left: '$0.85 of $15.00 left', share: '5%', notice: 'low' },
  ],
  [
    'a share that is nearly nothing',
    { status: 'low', ...read({ quota: quota(0.05, 15) }) },
    { left: '$0.05 of $15.00 left', share: '<1%', notice: 'low' },
  ],
  [
    'one that is used up',
    { status: 'exhausted', ...read({ quota: quota(0, 20) }) },
    { left: '$0.00 of $20.00 left', share: '0%', notice: 'used up' },
  ],
  ['an unlimited one', read({ quota: { unlimited: true, used: 41.07 } }), { left: '∞ · used $41.07' }],
  [
    'an account without a total',
    read({ quota: undefined, account: { balance: 9.9 } }),
    { left: '$9.90 left' },
  ],
  [
    'quota windows',
    read({
      quota: undefined,
      windows: [
        {
          name: 'month',
          scope: 'team',
          scopeName: 'Core',
          unit: 'money',
          used: 18,
          limit: 20,
          remaining: 2,
          resetsAt: at(3 * DAY),
        },
      ],
    }),
    { left: '$2.00 of $20.00 left (team “Core”, month)', share: '10%', next: 'resets in 3 days' },
  ],
  [
    'a window in per cent, whose figure is its share',
    read({
      quota: undefined,
      windows: [{ name: '5h', unit: 'percent', used: 88, limit: 100, remaining: 12, resetsAt: at(2 * HOUR) }],
    }),
    { left: '12% left (5h)', next: 'resets in 2 hours' },
  ],
  [
    'one that expires',
    read({ expiresAt: at(3 * DAY) }),
    { left: '$15.00 of $20.00 left', share: '75%', next: 'expires in 3 days' },
  ],
  [
    'an end that is hardly meant as one',
    read({ expiresAt: '2100-01-01T12:00:00.000Z' }),
    { left: '$15.00 of $20.00 left', share: '75%', next: 'expires Jan 1, 2100' },
  ],
  [
    'one that has expired',
    { status: 'expired', ...read({ expiresAt: at(-12 * DAY) }) },
    { left: '$15.00 of $20.00 left', share: '75%', notice: 'expired 12 days ago' },
  ],
  [
    'one that has expired while nothing answered: its age is not that of the figure',
    { status: 'expired', failure: FAILED, ...read({ expiresAt: at(-4 * HOUR), takenAt: at(-8 * HOUR) }) },
    {
      left: '$15.00 of $20.00 left',
      share: '75%',
      notice: 'expired 4 hours ago · as of 4:00 AM',
    },
  ],
  [
    'one that is switched off and has expired: the time is not that of the status',
    { status: 'disabled', ...read({ expiresAt: at(-4 * HOUR) }) },
    { left: '$15.00 of $20.00 left', share: '75%', notice: 'disabled · expired 4 hours ago' },
  ],
  [
    'one that runs out',
    { forecast: { lastsUntil: at(3 * DAY), perDay: 5, confidence: 'good' } },
    { left: '$15.00 of $20.00 left', share: '75%', next: 'runs out about Thursday' },
  ],
  [
    'one that perhaps runs out',
    { forecast: { lastsUntil: at(3 * DAY), perDay: 5, confidence: 'low' } },
    { left: '$15.00 of $20.00 left', share: '75%', next: 'may run out Thursday' },
  ],
  [
    'an old figure',
    { status: 'stale', ...read({ takenAt: at(-5 * HOUR) }) },
    { left: '$15.00 of $20.00 left', share: '75%', notice: 'as of 5 hours ago' },
  ],
  [
    'an old figure without a network',
    { status: 'stale', failure: { ...FAILED, reason: 'offline' }, ...read({ takenAt: at(-5 * HOUR) }) },
    { left: '$15.00 of $20.00 left', share: '75%', notice: 'no network · as of 5 hours ago' },
  ],
  [
    'a check that failed',
    { failure: FAILED, ...read({ takenAt: at(-HOUR) }) },
    { left: '$15.00 of $20.00 left', share: '75%', notice: 'check failed, as of 11:00 AM' },
  ],
  ['one that is refused', { status: 'invalid', reading: undefined }, { notice: 'not accepted' }],
  ['one of which nothing is known', { status: 'unknown', reading: undefined }, { notice: 'no figures yet' }],
  [
    'one whose checks are paused',
    { status: 'stale', failure: PAUSED, ...read({ takenAt: at(-2 * HOUR) }) },
    { left: '$15.00 of $20.00 left', share: '75%', notice: 'checks paused, as of 2 hours ago' },
  ],
  [
    'what is spent',
    { spend: SPEND },
    {
      left: '$15.00 of $20.00 left',
      share: '75%',
      spent: '$1.20 today · $14.30 this month',
      days: 'Spent on each of 3 days, $2.00 at most',
    },
  ],
  [
    'what is spent at least',
    { spend: { ...SPEND, since: at(-3 * DAY), complete: false, until: undefined } },
    {
      left: '$15.00 of $20.00 left',
      share: '75%',
      spent: '$1.20 today · ≥ $14.30 this month',
      days: 'Spent on each of 3 days, $2.00 at most',
    },
  ],
  [
    'days of which some are not known',
    { spend: { ...SPEND, since: at(-DAY), complete: false } },
    {
      left: '$15.00 of $20.00 left',
      share: '75%',
      spent: '$1.20 today · ≥ $14.30 this month',
      days: 'Spent on each of 3 days, ≥ $2.00 at most',
    },
  ],
  [
    'days of which some spend may be of either of two',
    { spend: { ...SPEND, undividedAt: [at(-2 * HOUR)] } },
    {
      left: '$15.00 of $20.00 left',
      share: '75%',
      spent: '$1.20 today · $14.30 this month',
      days: 'Spent on each of 3 days, ≥ $2.00 at most',
    },
  ],
  [
    'what is spent of a limit, in place of its period',
    { spend: SPEND, spendingLimits: [limit({}), limit({ period: 'week', limit: 20, spent: 6 })] },
    {
      left: '$15.00 of $20.00 left',
      share: '75%',
      spent: '$1.20 of $5.00 today · $6.00 of $20.00 this week · $14.30 this month',
      days: 'Spent on each of 3 days, $2.00 at most',
    },
  ],
  [
    'a limit of which nothing is known',
    { spendingLimits: [limit({ spent: undefined })] },
    { left: '$15.00 of $20.00 left', share: '75%', spent: '– of $5.00 today' },
  ],
  [
    'an assumed unit',
    { spend: { ...SPEND, days: [] }, ...read({ unit: { code: 'USD', source: 'default' } }) },
    { left: '≈ $15.00 of $20.00 left', share: '75%', spent: '≈ $1.20 today · ≈ $14.30 this month' },
  ],
];

describe('the texts of a card', () => {
  useTimeZone('UTC');

  for (const [what, more, texts] of CARDS) {
    it(`${what}: ${Object.values(texts).join(' | ')}`, () => {
      const { name, ...others } = cardTexts(keyCard(keyState(more), NOW), NOW);
      const told = Object.fromEntries(Object.entries(others).filter(([, text]) => text !== undefined));
      assert.deepEqual([name, told], ['Team', texts]);
    });
  }

  it('say once when figures are from, save for those that say it themselves', () => {
    const taken = (ms: number, more: Partial<KeyState> = {}) =>
      keyState({ ...read({ takenAt: at(-ms) }), ...more });
    assert.equal(updatedText([taken(MINUTE), taken(MINUTE)], NOW), 'Updated 11:59 AM');
    assert.equal(updatedText([taken(MINUTE), taken(HOUR), taken(0)], NOW), 'Updated 11:00 AM – 12:00 PM');
    const older = [taken(HOUR, { failure: FAILED }), taken(5 * HOUR, { status: 'stale' })];
    assert.equal(updatedText([taken(MINUTE), ...older], NOW), 'Updated 11:59 AM');
    assert.equal(updatedText(older, NOW), undefined);
    assert.equal(updatedText([keyState({ reading: undefined })], NOW), undefined);
  });
});
