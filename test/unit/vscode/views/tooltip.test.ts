import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { commandIds } from '../../../../src/vscode/commands/commandIds.ts';
import { setSpendLines } from '../../../../src/vscode/views/spendLines.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { hoverText } from '../../support/hoverText.ts';
import { at, DAY, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const shown = (...keys: readonly KeyState[]) => hoverText(tooltipMarkdown(keys, NOW));
const LINKS =
  '$(refresh) Refresh &nbsp; $(dashboard) Overview &nbsp; $(list-tree) Show All &nbsp; $(add) Add Key…'.replaceAll(
    '&nbsp;',
    ' ',
  );
const many = (count: number, more: Partial<KeyState> = {}) =>
  Array.from({ length: count }, (_, index) => keyState({ id: `${index}`, label: `k${index}`, ...more }));

describe('the tooltip', () => {
  useTimeZone('UTC');
  afterEach(() => setSpendLines(() => []));

  it('has a card for each key, the most urgent first', () => {
    const keys = [
      keyState({ id: '1', label: 'fine' }),
      keyState({ id: '2', label: 'empty', status: 'exhausted' }),
      keyState({ id: '3', label: 'tight', status: 'low' }),
    ];
    assert.deepEqual(
      shown(...keys).cards.map(({ icon, name, line }) => [icon, name, line]),
      [
        ['error', 'empty', 'used up'],
        ['warning', 'tight', 'low'],
        ['key', 'fine', ''],
      ],
    );
  });

  it('shows six keys and counts the rest, with those that need attention', () => {
    assert.equal(shown(...many(15)).cards.length, 6);
    assert.equal(shown(...many(15)).lines[0], 'and 9 more, all well');
    assert.equal(shown(...many(6)).lines.length, 1);
    assert.equal(shown(...many(7, { status: 'low' })).lines[0], 'and 1 more, 1 needs attention');
    assert.equal(shown(...many(8, { status: 'low' })).lines[0], 'and 2 more, 2 need attention');
  });

  it('truncates long names, so that each card keeps its height; wide signs take two columns', () => {
    const nameOf = (label: string) => shown(keyState({ label })).cards[0]?.name;
    assert.equal(nameOf('x'.repeat(32)), 'x'.repeat(32));
    assert.equal(nameOf('x'.repeat(33)), `${'x'.repeat(31)}…`);
    assert.equal(nameOf('密'.repeat(16)), '密'.repeat(16));
    assert.equal(nameOf('密'.repeat(17)), `${'密'.repeat(15)}…`);
  });

  it('does not call those well of which nobody knows it: paused ones, and new ones', () => {
    const failure = { class: 'paused', message: 'Its checks are paused.' } as const;
    const paused = keyState({ id: 'p', label: 'z', status: 'exhausted', failure });
    const added = keyState({ id: 'n', label: 'z', status: 'unknown', reading: undefined });
    for (const key of [paused, added]) assert.equal(shown(...many(6), key).lines[0], 'and 1 more');
  });

  it('says once, at its foot, when the figures are from', () => {
    const earlier = keyState({ id: '2', reading: reading({ takenAt: at(-5 * MINUTE), quota: quota(1, 2) }) });
    assert.deepEqual(shown(keyState()).lines, [`Updated 12:00 PM   ${LINKS}`]);
    assert.deepEqual(shown(keyState(), earlier).lines, [`Updated 11:55 AM – 12:00 PM   ${LINKS}`]);
    assert.deepEqual(shown(keyState({ status: 'unknown', reading: undefined })).lines, [LINKS]);
  });

  it('tells sums below the cards, and of the limits of keys without a card', () => {
    setSpendLines((keys, others) => [`sum of ${keys.length} *keys*`, `limits of ${others.length}`]);
    const { lines } = shown(...many(8));
    assert.deepEqual(lines.slice(0, 3), ['and 2 more, all well', 'sum of 8 *keys*', 'limits of 2']);
  });

  it('has a card less for two lines more than fit below six', () => {
    const cardsBeside = (lines: number, keys = many(9)) => {
      setSpendLines(() => Array.from({ length: lines }, () => 'sum'));
      const { cards, lines: below } = shown(...keys);
      return [cards.length, below[0]];
    };
    assert.deepEqual(cardsBeside(3), [6, 'and 3 more, all well']);
    assert.deepEqual(cardsBeside(4), [5, 'and 4 more, all well']);
    assert.deepEqual(cardsBeside(5), [5, 'and 4 more, all well']);
    assert.deepEqual(cardsBeside(6), [4, 'and 5 more, all well']);
    assert.deepEqual(cardsBeside(30), [1, 'and 8 more, all well']);
    assert.deepEqual(cardsBeside(7, many(4)), [4, 'sum']);
    assert.deepEqual(cardsBeside(6, many(8, { status: 'low' })), [4, 'and 4 more, 4 need attention']);
  });

  it('tells of the limits of keys that lost their cards to the lines below', () => {
    const limit = { period: 'day', limit: 5, spent: 1, resetsAt: at(DAY), complete: true } as const;
    const spendingLimits = [{ ...limit, unit: { code: 'USD' } as const }];
    setSpendLines((_keys, others) => [
      ...['a', 'b', 'c', 'd', 'e'],
      ...others.filter(key => key.spendingLimits).map(({ label }) => `${label}: limit`),
    ]);
    const keys = many(6).map(key => ({ ...key, spendingLimits }));
    const { cards, lines } = shown(...keys);
    assert.equal(cards.length, 5);
    assert.ok(lines.includes('k5: limit'), lines.join('\n'));
  });

  it('explains an assumed unit where there is one', () => {
    const assumed = reading({ quota: quota(1), unit: { code: 'USD', source: 'default' } });
    const note = '≈ The gateway does not say its unit; the usual one is assumed.';
    assert.ok(shown(keyState(), keyState({ id: '2', reading: assumed })).lines.includes(note));
    assert.doesNotMatch(tooltipMarkdown([keyState()], NOW), /≈/);
    const raw = reading({ quota: quota(1), unit: { code: 'UNITS', source: 'default' } });
    assert.doesNotMatch(tooltipMarkdown([keyState({ reading: raw })], NOW), /≈/);
  });

  it('explains ≥ where a card or a sum has it', () => {
    const note = '≥ At least this much: part of the spend is unknown.';
    const spend = {
      today: 1.25,
      week: 1.25,
      calendarWeek: 1.25,
      month: 2.5,
      since: at(-MINUTE),
      complete: false,
      days: [1, 2],
    };
    assert.ok(shown(keyState({ spend })).lines.includes(note));
    assert.ok(
      !shown(keyState({ spend: { ...spend, since: at(-DAY * 40), complete: true } })).lines.includes(note),
    );
    setSpendLines(() => ['Spent: today ≥ $1.25']);
    assert.ok(shown(keyState()).lines.includes(note));
  });

  it('links only to commands that are trusted and exist', () => {
    const links = [...tooltipMarkdown([keyState()], NOW).matchAll(/\]\(command:([^)]+)\)/g)].map(
      ([, id]) => id,
    );
    assert.deepEqual(links, [
      'keyQuota.refreshAll',
      'keyQuota.showOverview',
      'keyQuota.keys.focus',
      'keyQuota.addKey',
    ]);
    assert.deepEqual([...TOOLTIP_COMMANDS].sort(), [...links].sort());
    const ours = new Set<string>([...commandIds, 'keyQuota.keys.focus']);
    assert.ok(links.every(id => id !== undefined && ours.has(id)));
  });
});
