import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeySpend, KeyState } from '../../../src/core/quota/keyState.ts';
import { spentTodayText } from '../../../src/text/spend.ts';
import { spendSumTexts, spendText, spendTexts } from '../../../src/text/spendSum.ts';
import { keySpend, keyState, quota, reading } from '../support/samples.ts';
import { useTimeZone } from '../support/timeZone.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const SPEND = keySpend({
  ...{ today: 1.204, week: 8.4, calendarWeek: 8.4, month: 31, days: [0, 1, 2] },
  since: '2026-06-01T00:00:00.000Z',
});
const since = (time: string): KeySpend => ({ ...SPEND, since: time, complete: false });
const USD = { code: 'USD', source: 'gateway' } as const;

describe('what was spent, as text', () => {
  useTimeZone('UTC');

  it('has cents, rounded up', () => {
    assert.deepEqual(spendTexts(SPEND, USD, NOON), { today: '$1.21', week: '$8.40', month: '$31.00' });
  });

  it('says at least, rounded down, of each time that began before what is known', () => {
    const texts = (time: string) => spendTexts(since(time), USD, NOON);
    assert.deepEqual(texts('2026-06-15T00:00:00.001Z'), {
      today: '≥ $1.20',
      week: '≥ $8.40',
      month: '≥ $31.00',
    });
    assert.deepEqual(texts('2026-06-15T00:00:00.000Z'), {
      today: '$1.21',
      week: '≥ $8.40',
      month: '≥ $31.00',
    });
    assert.deepEqual(texts('2026-06-09T00:00:00.000Z'), {
      today: '$1.21',
      week: '$8.40',
      month: '≥ $31.00',
    });
  });

  it('says no less at least than what is known of a time within it', () => {
    // The last seven days are known, and nothing is known to be spent before.
    const known = { ...since('2026-06-09T00:00:00.000Z'), today: 0.5, week: 14.171996 };
    const month = (amount: number) => spendTexts({ ...known, month: amount }, USD, NOON).month;
    assert.equal(spendTexts(known, USD, NOON).week, '$14.18');
    assert.deepEqual(
      [month(14.171996), month(14.1799), month(14.19), month(14.2)],
      [...['≥ $14.18', '≥ $14.18', '≥ $14.19', '≥ $14.20']],
    );
    const day = { ...since('2026-06-15T00:00:00.000Z'), today: 0.501, week: 0.501, month: 0.501 };
    assert.deepEqual(spendTexts(day, USD, NOON), { today: '$0.51', week: '≥ $0.51', month: '≥ $0.51' });
    // A month that began within the seven days lies in them.
    const short = { ...since('2026-06-12T00:00:00.000Z'), today: 0, week: 2.001, month: 2.001 };
    assert.deepEqual(spendTexts({ ...short, monthFrom: '2026-06-12T00:00:00.000Z' }, USD, NOON), {
      ...{ today: '$0.00', week: '≥ $2.01', month: '$2.01' },
    });
    // Today is not known as a whole either, so nothing contradicts what is rounded down.
    assert.equal(
      spendTexts({ ...since('2026-06-15T06:00:00.000Z'), week: 1.204 }, USD, NOON).week,
      '≥ $1.20',
    );
  });

  it('says at least of a month that began on another day, where a part of it is missing', () => {
    const month = (from: string, time: string) =>
      spendTexts({ ...since(time), monthFrom: from }, USD, NOON).month;
    assert.equal(month('2026-05-20T00:00:00.000Z', '2026-05-20T00:00:00.001Z'), '≥ $31.00');
    assert.equal(month('2026-05-20T00:00:00.000Z', '2026-05-20T00:00:00.000Z'), '$31.00');
    assert.equal(month('2026-06-10T00:00:00.000Z', '2026-06-10T00:00:00.000Z'), '$31.00');
  });

  it('is at least so much where a gateway has not answered for hours, and no zero where that is all of the time', () => {
    const spend = { ...SPEND, today: 0, until: '2026-06-14T22:00:00.000Z', complete: false };
    assert.deepEqual(spendTexts(spend, USD, NOON), {
      today: 'unknown',
      week: '≥ $8.40',
      month: '≥ $31.00',
    });
    assert.equal(spentTodayText(keyState({ spend }), NOON), undefined);
    const ofToday = { ...spend, until: '2026-06-15T06:00:00.000Z' };
    assert.equal(spentTodayText(keyState({ spend: ofToday }), NOON), undefined);
    const spent = { ...ofToday, today: 0.5 };
    assert.equal(spentTodayText(keyState({ spend: spent }), NOON), '≥ $0.50');
    assert.deepEqual(spendSumTexts([keyState({ spend })], NOON), [
      'Spent: today unknown · 7 days ≥ $8.40 · this month ≥ $31.00, nothing known since Jun 14, 2026, 10:00 PM',
    ]);
  });

  it('names the gateway whose raw units are added up', () => {
    const raw = reading({ unit: { code: 'UNITS', source: 'default' } });
    const key = keyState({ spend: SPEND, reading: raw, origin: 'https://one.dev' });
    assert.match(spendSumTexts([key], NOON)[0] ?? '', /^Spent at one\.dev: today 1\.204 units · /);
  });

  it('says nothing where no spend is known, and not that there was none', () => {
    const nothing = { today: 0, week: 0, month: 0, days: [0, 0, 0], complete: false };
    const seen = { ...SPEND, ...nothing, since: '2026-06-15T06:00:00.000Z' };
    assert.equal(spendText(seen, USD, NOON), undefined);
    assert.deepEqual(spendSumTexts([keyState({ spend: seen })], NOON), []);
    const today = { ...seen, since: '2026-06-15T00:00:00.000Z' };
    assert.equal(spendText(today, USD, NOON), 'today $0.00 · 7 days unknown · this month unknown');
  });

  it('says of the sum that a key may be counted twice in it', () => {
    const at = (host: string) =>
      keyState({
        label: host,
        spend: SPEND,
        origin: `https://${host}`,
        reading: { ...reading({ quota: quota(3, 5) }), name: 'work' },
      });
    assert.match(
      spendSumTexts([at('api.one.example'), at('www.one.example')], NOON)[1] ?? '',
      /^perhaps one key that is counted twice: api\.one\.example, www\.one\.example$/,
    );
  });

  it('says of the sum that keys may have one balance', () => {
    const of = (label: string) =>
      keyState({
        label,
        spend: SPEND,
        reading: { ...reading({ account: { balance: 5 } }), quota: undefined },
      });
    assert.match(
      spendSumTexts([of('one'), of('two')], NOON)[1] ?? '',
      /^perhaps one balance that is counted for each key: one, two$/,
    );
  });

  it('of today is none of a key of which nothing is known', () => {
    assert.equal(spentTodayText(keyState(), NOON), undefined);
    assert.equal(spentTodayText(keyState({ spend: SPEND }), NOON), '$1.21');
  });

  it('is one line for all keys of a unit', () => {
    assert.deepEqual(spendSumTexts([keyState({ spend: SPEND })], NOON), [
      'Spent: today $1.21 · 7 days $8.40 · this month $31.00',
    ]);
  });

  it('says in the same line since when nothing is missing, or of how many keys nothing is known', () => {
    assert.deepEqual(spendSumTexts([keyState({ spend: since('2026-06-12T06:00:00.000Z') })], NOON), [
      'Spent: today $1.21 · 7 days ≥ $8.40 · this month ≥ $31.00, complete since Jun 12, 2026, 6:00 AM',
    ]);
    assert.deepEqual(spendSumTexts([keyState({ spend: SPEND }), keyState({ id: 'b' })], NOON), [
      'Spent: today ≥ $1.20 · 7 days ≥ $8.40 · this month ≥ $31.00, 1 key unknown',
    ]);
  });

  it('says in the sum what is known of one key, though another is missing or silent', () => {
    const quiet = { ...SPEND, today: 0, days: [0, 1, 0] };
    // $0.00 today in the key's own line; at least that in the sum would say nothing.
    assert.equal(spentTodayText(keyState({ spend: quiet }), NOON), '$0.00');
    assert.deepEqual(spendSumTexts([keyState({ spend: quiet }), keyState({ id: 'b' })], NOON), [
      'Spent: today unknown · 7 days ≥ $8.40 · this month ≥ $31.00, 1 key unknown',
    ]);
    const silent = { ...quiet, until: '2026-06-14T22:00:00.000Z', complete: false };
    assert.deepEqual(
      spendSumTexts([keyState({ spend: quiet }), keyState({ id: 'b', spend: silent })], NOON),
      ['Spent: today unknown · 7 days ≥ $16.80 · this month ≥ $62.00, 1 key unknown'],
    );
    // A key added today knows its month in part; the other one knows today.
    const added = { ...quiet, week: 0, month: 0, since: '2026-06-15T06:00:00.000Z', complete: false };
    assert.deepEqual(spendSumTexts([keyState({ spend: quiet }), keyState({ id: 'b', spend: added })], NOON), [
      'Spent: today unknown · 7 days ≥ $8.40 · this month ≥ $31.00, complete since Jun 15, 2026, 6:00 AM',
    ]);
  });

  it('says that some may be of either of two days, and at least of a time that begins with the second', () => {
    const over = {
      ...SPEND,
      undividedAt: ['2026-06-12T00:00:00.000Z', '2026-06-15T00:00:00.000Z'],
      complete: false,
    };
    assert.deepEqual(spendSumTexts([keyState({ spend: over })], NOON), [
      'Spent: today ≥ $1.20 · 7 days $8.40 · this month $31.00, complete since Jun 1, 2026, 12:00 AM',
      'some spend over midnight may be of either day',
    ]);
    // Without certain spend, today's figure is not known.
    assert.equal(spentTodayText(keyState({ spend: { ...over, today: 0 } }), NOON), undefined);
    assert.deepEqual(
      spendSumTexts([keyState({ spend: { ...over, today: 0 } })], NOON).map(text => text.slice(0, 23)),
      ['Spent: today unknown · ', 'some spend over midnigh'],
    );
    // Nor does another key make it known that spent nothing.
    const both = [
      keyState({ spend: { ...over, today: 0 } }),
      keyState({ id: 'b', spend: { ...SPEND, today: 0 } }),
    ];
    assert.deepEqual(
      spendSumTexts(both, NOON).map(text => text.slice(0, 23)),
      ['Spent: today unknown · ', 'some spend over midnigh'],
    );
  });

  it('says of silent keys alone since when nothing is known of any', () => {
    const until = (time: string) => ({ ...SPEND, until: time, complete: false });
    assert.deepEqual(
      spendSumTexts(
        [
          keyState({ spend: until('2026-06-14T22:00:00.000Z') }),
          keyState({ id: 'b', spend: until('2026-06-15T06:00:00.000Z') }),
        ],
        NOON,
      ),
      [
        'Spent: today ≥ $2.40 · 7 days ≥ $16.80 · this month ≥ $62.00, nothing known since Jun 15, 2026, 6:00 AM',
      ],
    );
  });

  it('names accounts and keys where the same spend may be in both', () => {
    const keys: KeyState[] = [
      keyState({ id: 'a', credential: 'accessToken', spend: SPEND }),
      keyState({ id: 'b', spend: { ...SPEND, days: [0, 0, 0] } }),
    ];
    assert.deepEqual(spendSumTexts(keys, NOON), [
      'Spent by accounts: today $1.21 · 7 days $8.40 · this month $31.00',
      'Spent by keys, which may be in an account’s sum: today $1.21 · 7 days $8.40 · this month $31.00',
    ]);
  });

  it('has a line for each unit', () => {
    const yuan = reading({ unit: { code: 'CNY', source: 'gateway' }, quota: quota(1, 2) });
    const lines = spendSumTexts(
      [keyState({ spend: SPEND }), keyState({ id: 'b', spend: SPEND, reading: yuan })],
      NOON,
    );
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /^Spent: today ¥1\.21/);
  });
});
