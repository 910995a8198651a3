import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { localDay } from '../../../../src/core/usage/range.ts';
import type { Warning } from '../../../../src/core/warnings/warning.ts';
import { setDisplayLanguage } from '../../../../src/text/displayLanguage.ts';
import { clockText, dateTimeText } from '../../../../src/text/time.ts';
import { muteText } from '../../../../src/vscode/notifications/muteText.ts';
import { warningSentence } from '../../../../src/vscode/notifications/warningKinds.ts';
import { warningNotice } from '../../../../src/vscode/notifications/warningText.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';

function warning(more: Partial<Warning>, key: Partial<KeyState> = {}): Warning {
  return { key: keyState(key), kind: 'low', threshold: 20, severity: 'warning', urgent: false, ...more };
}

const noticeOf = (warnings: readonly Warning[], hasTopUpPage = false) =>
  warningNotice(warnings, NOW, () => hasTopUpPage);

const low = (id: string, label: string, left: number) =>
  warning({}, { id, label, reading: reading({ quota: quota(left, 20) }) });

describe('a warning about a quota window', () => {
  const resetsAt = at(3 * HOUR);
  const said = (window: QuotaWindow, threshold = 20, more: Partial<Reading> = {}) =>
    warningSentence(warning({ threshold }, { reading: reading({ windows: [window], ...more }) }), NOW);
  const time = clockText(resetsAt, NOW);
  const ROWS: readonly [window: QuotaWindow, sentence: string][] = [
    [
      { name: '5h', unit: 'percent', used: 88, resetsAt },
      `“Team” is low: 12% left of the 5h window, which resets ${time}.`,
    ],
    [{ name: '5h', unit: 'percent', used: 88 }, '“Team” is low: 12% left of the 5h window.'],
    [
      { name: 'day', unit: 'requests', used: 190, limit: 200 },
      '“Team” is low: 10 of 200 requests left of the daily limit.',
    ],
    [
      { name: 'month', unit: 'money', used: 18, limit: 20, resetsAt },
      `“Team” is low: $2.00 left of the monthly limit, which resets ${time}.`,
    ],
    [
      { name: 'total', scope: 'team', scopeName: 'Core', unit: 'money', used: 18, limit: 20 },
      '“Team” is low: $2.00 left of the limit of team “Core”.',
    ],
    [
      { name: 'week', scope: 'owner', unit: 'tokens', used: 18, limit: 20, resetsAt: at(-HOUR) },
      '“Team” is low: 2 tokens left of the limit of owner, week.',
    ],
  ];
  for (const [window, sentence] of ROWS) it(sentence, () => assert.equal(said(window), sentence));

  it('names it when it is used up, and not where it is not what is used up', () => {
    assert.equal(
      said({ name: '5h', unit: 'percent', used: 100, resetsAt }, 0),
      `“Team” is used up: nothing is left of the 5h window, which resets ${time}.`,
    );
    assert.equal(
      said({ name: '5h', unit: 'percent', used: 104 }, 0),
      '“Team” is used up: nothing is left of the 5h window.',
    );
    assert.equal(said({ name: '5h', unit: 'percent', used: 40, resetsAt }, 0), '“Team” is used up.');
  });

  it('tells a refill in its own unit', () => {
    const windows = [{ name: 'day', unit: 'requests', used: 10, limit: 200 }] as const;
    const refill = { kind: 'refill', refill: { what: 'topUp', amount: 100 } } as const;
    assert.equal(
      warningSentence(warning(refill, { reading: reading({ windows }) }), NOW),
      '“Team” was topped up by 100 requests: 190 of 200 requests (95%, day) left.',
    );
  });
});

describe('a warning', () => {
  it('is a sentence with the key’s name and the figures that matter', () => {
    const ends = at(3 * DAY);
    const dated = reading({ expiresAt: ends, plan: { expiresAt: ends }, quota: quota(2, 20) });
    const said = (more: Partial<Warning>, key: Partial<KeyState> = {}) =>
      warningSentence(warning(more, { reading: dated, ...key }), NOW);
    const date = dateTimeText(ends);
    assert.equal(said({}), '“Team” is low: $2.00 of $20.00 (10%) left.');
    assert.equal(said({ threshold: 0 }), '“Team” is used up.');
    assert.equal(said({ kind: 'expiry', threshold: 3 }), `“Team” expires in 3 days: ${date}.`);
    const past = reading({ expiresAt: at(-HOUR) });
    assert.equal(
      said({ kind: 'expiry', threshold: 0 }, { reading: past }),
      `“Team” has expired: ${dateTimeText(at(-HOUR))}.`,
    );
    // The gateway calls it expired, whatever end it told before: no moment to come is one at which it has.
    assert.equal(said({ kind: 'expiry', threshold: 0 }), '“Team” has expired.');
    assert.equal(said({ kind: 'expiry', threshold: 0 }, { reading: undefined }), '“Team” has expired.');
    assert.equal(said({ kind: 'plan', threshold: 7 }), `The plan of “Team” expires in 3 days: ${date}.`);
    assert.equal(said({ kind: 'plan', threshold: 0 }), `The plan of “Team” has expired: ${date}.`);
    assert.equal(
      said(
        { kind: 'forecast' },
        { forecast: { confidence: 'fair', perDay: 6.86, lastsUntil: at(7 * HOUR) } },
      ),
      '“Team” will run out in 7 hours at its current pace: $2.00 left, at $0.29 an hour.',
    );
    assert.equal(
      said({ kind: 'spend', spend: { today: 12, normal: 2.5 } }),
      '“Team” spent $12.00 today; on an ordinary day it spends $2.50.',
    );
    const limit = { period: 'week', limit: 5, unit: { code: 'USD' }, spent: 4.1, resetsAt: ends } as const;
    assert.equal(
      said({ kind: 'limit', limit: { ...limit, complete: true } }),
      `“Team” spent $4.10 of $5.00 this week. Your limit resets ${date}.`,
    );
    assert.equal(
      said({ kind: 'limit', limit: { ...limit, complete: false }, keyIds: ['a', 'b'] }),
      `All keys in USD spent at least $4.10 of $5.00 this week. Your limit resets ${date}.`,
    );
    assert.equal(
      said({ kind: 'refused' }, { failure: { class: 'disabled', message: '“Team” is disabled.' } }),
      '“Team” is disabled.',
    );
    assert.equal(
      said({ kind: 'refill', refill: { what: 'topUp', amount: 10 } }),
      '“Team” was topped up by $10.00: $2.00 of $20.00 (10%) left.',
    );
    assert.equal(
      said({ kind: 'refill', refill: { what: 'reset' } }),
      'The budget of “Team” was reset: $2.00 of $20.00 (10%) left.',
    );
  });

  it('about a key of a server offers nothing that is to be done there', () => {
    for (const kind of ['refused', 'expiry'] as const)
      assert.equal(noticeOf([warning({ kind }, { via: 'Team' })]).actions[0]?.title, 'Show Keys');
  });

  it('shows the usage of seven days, one of which has an hour less', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      // Half past midnight there, the day after clocks were put forward.
      const now = Date.UTC(2026, 2, 29, 22, 30);
      const { argument } = warningNotice([warning({})], now, () => false).actions[0] ?? {};
      assert.deepEqual(argument, { key: 'id-1', from: '2026-03-24', to: '2026-03-30', show: true });
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('about all keys of a currency snoozes each of them', () => {
    const { actions } = noticeOf([warning({ kind: 'limit', keyIds: ['a', 'b'] })]);
    assert.deepEqual(
      actions.map(({ title, argument }) => [title, argument]),
      [
        ['Show Keys', undefined],
        ['Snooze 24 Hours', { keys: ['a', 'b'], hours: 24 }],
      ],
    );
  });

  it('comes with what can be done about it', () => {
    const actions = (more: Partial<Warning>, hasTopUpPage = false) =>
      noticeOf([warning(more)], hasTopUpPage).actions.map(({ title, command }) => `${title} → ${command}`);
    const usual = [
      'Snooze 24 Hours → keyQuota.snoozeWarnings',
      'Don’t Warn About This Key → keyQuota.setKeyWarnings',
    ];
    assert.deepEqual(actions({}), ['Show Usage → keyQuota.queryUsage', ...usual]);
    assert.deepEqual(actions({ kind: 'expiry' }), ['Replace Secret… → keyQuota.replaceSecret', ...usual]);
    assert.deepEqual(actions({ kind: 'refused' }), ['Replace Secret… → keyQuota.replaceSecret', ...usual]);
    assert.deepEqual(actions({ kind: 'plan' }), ['Show Keys → keyQuota.keys.focus', ...usual]);
    for (const kind of ['low', 'forecast', 'plan'] as const) {
      assert.deepEqual(actions({ kind }, true), ['Top Up → keyQuota.topUp', ...usual], kind);
    }
    assert.deepEqual(actions({ kind: 'spend' }, true), ['Show Usage → keyQuota.queryUsage', ...usual]);
    assert.deepEqual(actions({ kind: 'expiry' }, true), [
      'Replace Secret… → keyQuota.replaceSecret',
      ...usual,
    ]);
    assert.equal(noticeOf([warning({})], true).actions[0]?.argument, 'id-1');
    const [show, snooze, stop] = noticeOf([warning({})]).actions;
    assert.deepEqual(show?.argument, {
      key: 'id-1',
      from: localDay(NOW - 6 * DAY),
      to: localDay(NOW),
      show: true,
    });
    assert.deepEqual(snooze?.argument, { keys: ['id-1'], hours: 24 });
    assert.deepEqual(stop?.argument, { key: 'id-1', off: true });
  });
});

describe('several warnings', () => {
  it('are one count, as loud as the worst of them', () => {
    const usedUp = warning({ threshold: 0, severity: 'error' }, { id: 'c', label: 'CI' });
    const { message, severity, actions } = noticeOf([low('a', 'A', 2), usedUp, low('b', 'B', 1)]);
    assert.equal(message, '3 keys need attention: 1 used up, 2 low.');
    assert.equal(severity, 'error');
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Show Keys', 'Snooze 24 Hours'],
    );
    assert.deepEqual(actions[1]?.argument, { keys: ['c', 'b', 'a'], hours: 24 });
  });

  it('count each key once, by the worst that is said of it, and the worst first', () => {
    const of = (id: string, more: Partial<Warning>) => warning(more, { id });
    const all = [
      of('a', { kind: 'refill', refill: { what: 'reset' } }),
      of('b', { kind: 'spend', spend: { today: 9, normal: 2 } }),
      of('c', { kind: 'expiry', threshold: 3 }),
      of('d', { kind: 'plan', threshold: 1 }),
      of('e', { kind: 'forecast' }),
      of('f', { kind: 'low', threshold: 5 }),
      of('f', { kind: 'forecast' }),
      of('f', { kind: 'refill', refill: { what: 'reset' } }),
      of('g', { kind: 'limit' }),
      of('h', { kind: 'refused' }),
      of('i', { kind: 'expiry', threshold: 0 }),
      of('j', { kind: 'low', threshold: 0 }),
    ];
    assert.equal(
      noticeOf(all).message,
      '9 keys need attention: 1 used up, 1 expired, 1 not accepted, 1 near or at a spending limit, 1 low, ' +
        '1 running out, 2 expiring, 1 spending more than usual. 1 key has new quota.',
    );
    assert.equal(
      noticeOf([of('a', {}), ...['b', 'c'].map(id => of(id, { kind: 'refill' }))]).message,
      '1 key needs attention: 1 low. 2 keys have new quota.',
    );
  });

  it('are joined by the comma of the language', () => {
    setDisplayLanguage('zh-cn', { ', ': '，' });
    const usedUp = warning({ threshold: 0 }, { id: 'c' });
    const { message } = noticeOf([usedUp, low('b', 'B', 1)]);
    setDisplayLanguage('en');
    assert.equal(message, '2 keys need attention: 1 used up，1 low.');
  });

  it('about new quota alone call for no attention', () => {
    const refills = ['a', 'b'].map(id => warning({ kind: 'refill', refill: { what: 'reset' } }, { id }));
    assert.equal(noticeOf(refills).message, '2 keys have new quota.');
  });

  it('of one key are its sentences, and keep its actions', () => {
    const usedUp = warning({ threshold: 0 });
    const notice = noticeOf([
      usedUp,
      warning({ kind: 'refused' }, { failure: { class: 'disabled', message: 'It is disabled.' } }),
    ]);
    assert.equal(notice.message, '“Team” is used up. It is disabled.');
    assert.equal(notice.actions.length, 3);
  });
});

describe('the line above the keys', () => {
  it('says that nothing is said', () => {
    const text = (more: Partial<Parameters<typeof muteText>[0]>) =>
      muteText({ isOn: true, pausedUntil: undefined, snoozed: [], ...more }, NOW);
    assert.equal(text({}), undefined);
    assert.equal(text({ isOn: false, pausedUntil: NOW + HOUR }), 'Warnings are off.');
    assert.equal(text({ pausedUntil: Number.POSITIVE_INFINITY }), 'Warnings are paused.');
    assert.match(text({ pausedUntil: NOW + HOUR }) ?? '', /^Warnings are paused until \d/);
    const snoozed = (...hours: number[]) =>
      hours.map((each, index) => ({ label: `${index}`, until: NOW + each * HOUR }));
    assert.equal(text({ snoozed: snoozed(1) }), 'No warnings about “0” until 1:00 PM.');
    assert.equal(text({ snoozed: snoozed(2, 2) }), 'No warnings about “0”, “1” until 2:00 PM.');
    assert.equal(
      text({ snoozed: snoozed(1, 2, 2, 3, 3) }),
      'No warnings about “0”, “1”, “2” and 2 more; for the first of them, until 1:00 PM.',
    );
    assert.match(text({ snoozed: snoozed(1), pausedUntil: NOW + HOUR }) ?? '', /^Warnings are paused until/);
  });
});
