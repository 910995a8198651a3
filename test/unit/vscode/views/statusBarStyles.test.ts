import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { clockText } from '../../../../src/text/time.ts';
import { STATUS_BAR_STYLES } from '../../../../src/vscode/host/statusBarChoices.ts';
import { DEFAULT_LOOK, type StatusBarLook } from '../../../../src/vscode/host/statusBarLook.ts';
import { statusBarItems } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

const items = (keys: readonly KeyState[], look: Partial<StatusBarLook> = {}) =>
  statusBarItems(keys, NOW, { ...DEFAULT_LOOK, ...look }, tooltipMarkdown);
const text = (key: Partial<KeyState>, look: Partial<StatusBarLook>) => items([keyState(key)], look)[0]?.text;

const CNY = { code: 'CNY', source: 'gateway' } as const;
const limited = { reading: reading({ quota: quota(15, 20) }) };
const unlimited = { reading: reading({ quota: { unlimited: true, used: 1.5 } }) };
const noTotal = { reading: reading({ quota: quota(15) }) };
const ending = { reading: reading({ quota: quota(15, 20), expiresAt: at(3 * DAY + HOUR) }) };
const never = { status: 'unknown', reading: undefined } as const;

const spend = {
  today: 1.5,
  week: 2,
  calendarWeek: 2,
  month: 3,
  since: at(-60 * DAY),
  complete: true,
  days: [],
};

const ofDay = (spent: number, limit: number) =>
  ({ period: 'day', limit, spent, unit: { code: 'USD' }, resetsAt: at(HOUR), complete: true }) as const;

type Row = readonly [style: StatusBarLook['style'], what: string, key: Partial<KeyState>, shown: string];

const byWindow = (window: QuotaWindow) => ({
  reading: reading({ quota: { unlimited: true, used: 120 }, windows: [window] }),
});
const fiveHours = byWindow({ name: '5h', unit: 'percent', used: 88 });
const requests = byWindow({ name: '5h', unit: 'requests', used: 139, limit: 200 });
const ofTeam = byWindow({
  name: 'total',
  scope: 'team',
  scopeName: 'Core',
  unit: 'money',
  used: 18,
  limit: 20,
});
const monthly = byWindow({ name: 'month', unit: 'money', limit: 100, remaining: 74.5 });

const ROWS: readonly Row[] = [
  ['amount', 'per cent of a window', fiveHours, '$(key) Team · 12% (5h)'],
  ['amount', 'requests in a window', requests, '$(key) Team · 61 of 200 requests (5h)'],
  ['amount', 'a limit above the key', ofTeam, '$(key) Team · $2.00 (team “Core”)'],
  ['amount', 'a monthly limit', monthly, '$(key) Team · $74.50 (month)'],
  ['percent', 'per cent of a window', fiveHours, '$(key) Team · 12% (5h)'],
  ['percent', 'requests in a window', requests, '$(key) Team · 30% (5h)'],
  ['bar', 'a window', monthly, '$(key) Team · ■■■■■■□□ (month)'],
  ['used', 'per cent of a window', fiveHours, '$(key) Team · 88% used (5h)'],
  ['used', 'requests in a window', requests, '$(key) Team · 139 of 200 requests used (5h)'],
  ['used', 'a limit above the key', ofTeam, '$(key) Team · $18.00 of $20.00 used (team “Core”)'],
  ['used', 'a monthly limit', monthly, '$(key) Team · $25.50 of $100.00 used (month)'],
  ['amount', 'a limited key', limited, '$(key) Team · $15.00'],
  ['amount', 'a key without a figure', never, '$(question) Team · no figures yet'],
  ['percent', 'a limited key', limited, '$(key) Team · 75%'],
  ['percent', 'a key without a total', noTotal, '$(key) Team · $15.00'],
  ['percent', 'an unlimited key', unlimited, '$(key) Team · ∞ · used $1.50'],
  ['percent', 'a low key', { ...limited, status: 'low' }, '$(warning) Team · 75% · low'],
  ['bar', 'a limited key', limited, '$(key) Team · ■■■■■■□□'],
  [
    'bar',
    'a key with nothing used',
    { reading: reading({ quota: quota(20, 20) }) },
    '$(key) Team · ■■■■■■■■',
  ],
  [
    'bar',
    'a key with little used',
    { reading: reading({ quota: quota(19.9, 20) }) },
    '$(key) Team · ■■■■■■■□',
  ],
  [
    'bar',
    'a key with little left',
    { reading: reading({ quota: quota(0.1, 20) }) },
    '$(key) Team · ■□□□□□□□',
  ],
  ['bar', 'a key with nothing left', { reading: reading({ quota: quota(0, 20) }) }, '$(key) Team · □□□□□□□□'],
  ['bar', 'an overdrawn key', { reading: reading({ quota: quota(-1, 20) }) }, '$(key) Team · □□□□□□□□'],
  ['bar', 'a key without a total', noTotal, '$(key) Team · $15.00'],
  [
    'percent',
    'a key with nearly nothing left',
    { reading: reading({ quota: quota(0.05, 20) }) },
    '$(key) Team · <1%',
  ],
  ['barAmount', 'a limited key', limited, '$(key) Team · ■■■■■■□□ $15.00'],
  ['barAmount', 'a window', monthly, '$(key) Team · ■■■■■■□□ $74.50 (month)'],
  ['barAmount', 'a key without a total', noTotal, '$(key) Team · $15.00'],
  [
    'limit',
    'a key with limits: the tightest',
    { ...limited, spendingLimits: [ofDay(1.5, 5), ofDay(4, 5)] },
    '$(key) Team · $4.00 of $5.00 today',
  ],
  ['limit', 'a key without a limit', limited, '$(key) Team · $15.00'],
  ['template', 'a key of which all is known', { ...limited, spend }, '$(key) Team $15.00 · $1.50 today'],
  ['template', 'a key of which a part is not known', limited, '$(key) Team $15.00'],
  [
    'template',
    'a low key, which it does not ask for',
    { ...limited, status: 'low' },
    '$(warning) Team $15.00 · low',
  ],
  ['template', 'a key without a figure', never, '$(question) Team · no figures yet'],
  ['today', 'a key of which that is known', { ...limited, spend }, '$(key) Team · $1.50 today'],
  [
    'today',
    'a key of which a part of it is known',
    { ...limited, spend: { ...spend, since: at(-MINUTE), complete: false } },
    '$(key) Team · ≥ $1.50 today',
  ],
  [
    'today',
    'an assumed unit',
    { reading: reading({ unit: { code: 'USD', source: 'default' }, quota: quota(15, 20) }), spend },
    '$(key) Team · ≈ $1.50 today',
  ],
  ['today', 'a key of which nothing of it is known', limited, '$(key) Team · $15.00'],
  ['used', 'a limited key', limited, '$(key) Team · $5.00 of $20.00 used'],
  [
    'used',
    'a budget',
    { reading: reading({ unit: CNY, budget: { spent: 3, limit: 10 } }) },
    '$(key) Team · ¥3.00 of ¥10.00 used',
  ],
  [
    'used',
    'an assumed unit',
    { reading: reading({ quota: quota(15, 20), unit: { code: 'USD', source: 'default' } }) },
    '$(key) Team · ≈ $5.00 of $20.00 used',
  ],
  ['used', 'an unlimited key', unlimited, '$(key) Team · ∞ · used $1.50'],
  ['time', 'a key that ends', ending, '$(key) Team · 3 days left'],
  ['time', 'a key that neither ends nor runs dry', limited, '$(key) Team · $15.00'],
  [
    'time',
    'a key that runs dry before it ends',
    { ...ending, forecast: { lastsUntil: at(30 * HOUR), confidence: 'good' } },
    '$(key) Team · about 30 hours left',
  ],
  [
    'time',
    'a key that ends before it runs dry',
    { ...ending, forecast: { lastsUntil: at(9 * DAY), confidence: 'good' } },
    '$(key) Team · 3 days left',
  ],
  ['time', 'a low key', { ...ending, status: 'low' }, '$(warning) Team · 3 days left · low'],
  [
    'used',
    'a key of which only what is left and what was granted is told',
    { reading: reading({ quota: { unlimited: false, granted: 20, remaining: 15 } }) },
    '$(key) Team · $5.00 of $20.00 used',
  ],
  [
    'time',
    'a key that runs dry and never ends',
    { ...limited, forecast: { lastsUntil: at(30 * HOUR), confidence: 'good' } },
    '$(key) Team · about 30 hours left',
  ],
  [
    'time',
    'a key that was to be dry by now',
    { ...limited, forecast: { lastsUntil: at(-HOUR), confidence: 'good' } },
    '$(key) Team · $15.00',
  ],
  [
    'time',
    'a key that ends in a century',
    { reading: reading({ quota: quota(15, 20), expiresAt: '2100-01-01T00:00:00.000Z' }) },
    '$(key) Team · $15.00',
  ],
  [
    'time',
    'a key that ends, of which a part could not be read',
    { reading: { ...ending.reading, unreadable: ['plan'] } },
    '$(key) Team · 3 days left · plan unreadable',
  ],
  [
    'time',
    'a key that does not end, of which a part could not be read',
    { reading: { ...limited.reading, unreadable: ['plan'] } },
    '$(key) Team · $15.00 · plan unreadable',
  ],
  [
    'percent',
    'a key whose budget has been reset since it was read',
    {
      status: 'stale',
      reading: reading({ budget: { limit: 10, resetsAt: at(-HOUR) }, takenAt: at(-2 * HOUR) }),
    },
    '$(history) Team · unknown since the reset 60 minutes ago',
  ],
  ['icon', 'a limited key', limited, '$(key)'],
  ['icon', 'a key that is used up', { ...limited, status: 'exhausted' }, '$(error)'],
];

describe('the styles of the status bar', () => {
  for (const [style, what, key, shown] of ROWS) {
    it(`${style}, ${what}: ${shown}`, () => assert.equal(text(key, { style }), shown));
  }

  it('say the same to a screen reader, whichever it is, and after that what it shows besides', () => {
    const spoken = new Map(
      STATUS_BAR_STYLES.map(style => [style, items([keyState(ending)], { style })[0]?.spoken ?? '']),
    );
    for (const [style, heard] of spoken)
      assert.match(
        heard,
        /^Key Quota: Team, ok, \$15\.00 of \$20\.00 \(75%\) left, expires in 3 days, updated /,
        style,
      );
    assert.equal(spoken.get('bar'), spoken.get('amount'));
    assert.equal(spoken.get('used'), `${spoken.get('amount')}, $5.00 of $20.00 used`);
  });

  it('still offer to add a first key', () => {
    for (const style of STATUS_BAR_STYLES) {
      assert.equal(items([], { style })[0]?.text, '$(key) Add API key');
    }
  });
});

describe('the items of the status bar', () => {
  const one = keyState({ id: '1', label: 'one', pinned: true });
  const two = keyState({ id: '2', label: 'two', pinned: true, status: 'exhausted' });
  const three = keyState({ id: '3', label: 'three' });

  it('are one that speaks for all keys', () => {
    const [item, ...others] = items([one, two, three]);
    assert.deepEqual(others, []);
    assert.equal(item?.id, 'keyQuota.main');
    assert.equal(item?.text, '$(error) two · $15.00 · used up');
    for (const label of ['one', 'two', 'three']) assert.ok(item?.tooltip?.includes(label));
  });

  it('are one for each pinned key, in the order they were added', () => {
    const each = items([one, two, three], { items: 'perKey' });
    assert.deepEqual(
      each.map(({ id, name, keyId }) => [id, name, keyId]),
      [
        ['keyQuota.key.1', 'Key Quota: one', '1'],
        ['keyQuota.key.2', 'Key Quota: two', '2'],
      ],
    );
    assert.match(each[0]?.tooltip ?? '', /one/);
    assert.doesNotMatch(each[0]?.tooltip ?? '', /two/);
  });

  it('are one for all while none is pinned', () => {
    assert.deepEqual(
      items([three], { items: 'perKey' }).map(({ id }) => id),
      ['keyQuota.main'],
    );
  });

  it('are none when they are switched off', () => assert.deepEqual(items([one], { visible: false }), []));

  it('have no color on request, and tell by icon and word all the same', () => {
    assert.equal(items([two])[0]?.background, 'error');
    const [item] = items([two], { colors: false });
    assert.equal(item?.background, undefined);
    assert.equal(item?.text, '$(error) two · $15.00 · used up');
  });
});

describe('the width of an item', () => {
  const long = { label: 'The team’s evaluation runs' };
  const low = { ...long, status: 'low' } as const;
  const widths: readonly [key: Partial<KeyState>, maxLength: number, shown: string][] = [
    [long, 0, '$(key) The team’s evaluation r… · $15.00'],
    [long, 50, '$(key) The team’s evaluation r… · $15.00'],
    [long, 20, '$(key) The team’s… · $15.00'],
    [long, 13, '$(key) The… · $15.00'],
    [long, 12, '$(key) $15.00'],
    [long, 3, '$(key) $15.00'],
    [low, 22, '$(warning) The te… · $15.00 · low'],
    [low, 14, '$(warning) The… · $15.00'],
    [{ label: 'CI', status: 'low' }, 17, '$(warning) CI · $15.00 · low'],
    [{ ...long, ...never }, 12, '$(question) The team’s…'],
    [{ reading: reading() }, 3, '$(key) Te…'],
  ];
  for (const [key, maxLength, shown] of widths) {
    it(`${maxLength}: ${shown}`, () => assert.equal(text(key, { maxLength }), shown));
  }

  it('says of a key that ends that its last check failed, where there is room', () => {
    const failed = { ...ending, failure: { class: 'transient', message: '' } };
    assert.equal(
      text(failed, { style: 'time', maxLength: 0 }),
      `$(key) Team · 3 days left · expires in 3 days · check failed, as of ${clockText(at(0), NOW)}`,
    );
    assert.equal(text(failed, { style: 'time', maxLength: 20 }), '$(key) Team · 3 days left');
  });

  it('leaves room for the number of others that need attention', () => {
    const dead = keyState({ id: 'dead', status: 'exhausted', forecast: { perDay: 0, confidence: 'good' } });
    const shown = (maxLength: number) => items([keyState(long), dead], { maxLength })[0]?.text;
    // 20 less four for the icon, the sign and two spaces, and one for the number.
    assert.equal(shown(20), '$(key) The t… · $15.00 +1 $(warning)');
    assert.equal(shown(0), '$(key) The team’s evaluation r… · $15.00 +1 $(warning)');
    assert.equal(shown(2), '$(key) $15.00 +1 $(warning)');
  });

  it('leaves room for the name of an account whose list of keys cannot be read', () => {
    const unread = reading({ account: { balance: 86.4 }, accountKeysMissing: {} });
    const shown = text(
      { label: 'Relay One – account', reading: unread },
      { maxLength: DEFAULT_LOOK.maxLength },
    );
    assert.equal(shown, '$(key) Relay One – account · $86.40 · key list unreadable');
  });

  it('never halves a figure or an emoji', () => {
    for (let maxLength = 1; maxLength < 60; maxLength++) {
      const shown = text({ label: '👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻', status: 'low' }, { maxLength }) ?? '';
      assert.match(shown, /\$15\.00/);
      assert.doesNotMatch(shown, /\u200d(?!💻)/u);
    }
  });
});
