import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { statusLine } from '../../../../src/cli/status/statusLine.ts';
import { statusTable } from '../../../../src/cli/status/statusTable.ts';
import { codeForThreshold } from '../../../../src/cli/status/threshold.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

function key(label: string, reading: Partial<Reading> = {}, more: Partial<KeyState> = {}): KeyState {
  return {
    ...{ id: label, label, kind: 'newApi', origin: 'https://gw.example', pinned: false },
    ...{ credential: 'apiKey', status: 'ok' },
    reading: {
      takenAt: '2026-06-15T11:55:00.000Z',
      unit: { code: 'USD', source: 'gateway' },
      quota: { unlimited: false, granted: 20, used: 5, remaining: 15 },
      ...reading,
    },
    ...more,
  };
}

/** Beside a name of ten columns, gateways begin in column 12: `columns`, worked out by hand, and spaces up to there. */
async function holdsColumns(name: string, columns: number): Promise<void> {
  const [, ...lines] = (await statusTable({ keys: [key(name), key('abcdefghij')], now: NOW })).split('\n');
  const line = lines.find(each => each.startsWith(name)) ?? '';
  const before = line.slice(0, line.indexOf('gw.example'));
  assert.equal(columns + before.length - before.trimEnd().length, 12, JSON.stringify(line));
}

describe('the table in a terminal', () => {
  for (const [name, columns] of [
    ['ab', 2],
    ['研究组', 6],
    ['ｆｕｌｌ', 8],
    ['한글 key', 8],
    ['🔑 key', 6],
    ['👩‍💻', 2],
    ['🇩🇪', 2],
    ['e\u0301te\u0301', 3],
    // Three letters, and two vowel signs that stand beside theirs.
    ['किताब', 5],
  ] as const)
    it(`gives ${name} ${columns} columns`, () => holdsColumns(name, columns));

  it('shows names without what moves the cursor, colors text or turns it', async () => {
    const name = 'a\u001b[31mb\u009b2Jc\u202ed\u0007\r\ne';
    const table = await statusTable({ keys: [key(name)], now: NOW });
    assert.equal(table.split('\n').length, 2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not be there
    assert.doesNotMatch(table, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('isolates a name that is written from right to left, so that the figure stays behind it', async () => {
    const [, line = ''] = (await statusTable({ keys: [key('מפתח')], now: NOW })).split('\n');
    assert.ok(line.startsWith('\u2068מפתח\u2069  gw.example'), JSON.stringify(line));
  });

  it('says that there are no keys', async () => {
    assert.equal(await statusTable({ keys: [], now: NOW }), 'There are no keys yet.');
  });

  it('tells unlimited without a sentinel, and an old figure with its age', async () => {
    const unlimited = key('Free', { quota: { unlimited: true, used: 3 } });
    const old = key('Old', { takenAt: '2026-06-12T12:00:00.000Z' }, { status: 'stale' });
    const lines = (await statusTable({ keys: [unlimited, old], now: NOW })).split('\n');
    assert.match(lines[1] ?? '', /^Old .* stale +3 days ago$|^Old .*3 days ago$/);
    assert.match(lines[2] ?? '', /^Free +gw\.example +∞ · used \$3\.00 +ok +5 minutes ago$/);
  });
});

describe('the line for status lines', () => {
  it('tells the tightest key, and how many others need attention', () => {
    const low = key('Batch', { quota: { unlimited: false, granted: 20, remaining: 1 } }, { status: 'low' });
    const ended = key('Gone', {}, { status: 'expired' });
    assert.equal(statusLine([key('Main')], NOW), 'Main $15.00 (75%)');
    assert.equal(statusLine([key('Main'), low], NOW), 'Batch $1.00 (5%) · low');
    assert.equal(statusLine([low, key('Main'), ended], NOW), 'Gone $15.00 (75%) · expired +1 ⚠');
  });

  it('tells the age of an old figure, and that there is none', () => {
    const old = key('Old', { takenAt: '2026-06-12T12:00:00.000Z' }, { status: 'stale' });
    assert.equal(statusLine([old], NOW), 'Old $15.00 (75%) · out of date · 3 days ago');
    assert.equal(statusLine([], NOW), 'no keys');
  });
});

describe('the exit code for a threshold', () => {
  const left = (remaining: number) => key('a', { quota: { unlimited: false, granted: 20, remaining } });
  const rows: readonly [string, readonly KeyState[], number][] = [
    ['a key above it', [left(5)], 0],
    ['a key exactly at it', [left(4)], 0],
    ['a key below it', [left(3.99)], 1],
    ['an unlimited key', [key('a', { quota: { unlimited: true } })], 0],
    ['a wallet whose total nobody knows', [key('a', { quota: undefined, account: { balance: 3 } })], 69],
    ['a key without a figure', [key('a', {}, { status: 'unknown', reading: undefined })], 69],
    ['an old figure, though it is above', [key('a', {}, { status: 'stale' })], 69],
    ['a key that has ended, whatever is left on it', [key('a', {}, { status: 'expired' })], 1],
    ['one below and one not known', [key('b', {}, { status: 'stale' }), left(1)], 1],
    ['one above and one not known', [key('b', {}, { status: 'stale' }), left(19)], 69],
    ['no keys', [], 69],
  ];
  for (const [what, keys, code] of rows)
    it(`is ${code} for ${what}`, () => assert.equal(codeForThreshold(keys, 20), code));
});
