import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { escapeHoverMarkdown } from '../../../../src/text/escapeMarkdown.ts';
import { markdownTable } from '../../../../src/text/markdown.ts';
import { commandIds } from '../../../../src/vscode/commands/commandIds.ts';
import { setSpendLines } from '../../../../src/vscode/views/spendLines.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { forAll } from '../../support/forAll.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

/** The cells of each row below the head, as Markdown. */
function rows(...keys: KeyState[]): string[][] {
  const lines = tooltipMarkdown(keys, NOW)
    .split('\n')
    .filter(line => line.startsWith('|'));
  return lines.slice(2).map(line => line.slice(2, -2).replaceAll('\u00a0', ' ').split('&ensp;| '));
}

describe('the tooltip', () => {
  it('has a row for each key, the most urgent first', () => {
    const keys = [
      keyState({ id: '1', label: 'fine' }),
      keyState({ id: '2', label: 'empty', status: 'exhausted' }),
      keyState({ id: '3', label: 'tight', status: 'low' }),
    ];
    assert.deepEqual(
      rows(...keys).map(([key]) => key),
      ['$(error) empty', '$(warning) tight', '$(key) fine'],
    );
  });

  it('tells figure, notice, end, age and next check', () => {
    const expiresAt = at(3 * DAY);
    const [row] = rows(
      keyState({
        status: 'stale',
        reading: reading({ takenAt: at(-5 * HOUR), quota: quota(15, 20), expiresAt }),
      }),
    );
    assert.equal(row?.[1], '&#36;15\\.00 \\(75%\\) · out of date');
    assert.equal(row?.[2], 'in 3 days');
    assert.equal(row?.[3], '5 hours ago');
    assert.match(row?.[4] ?? '', /^\d{1,2}:05/);
  });

  it('tells what was spent today, where that is known of any key, and sums below the table', () => {
    const spend = { today: 1.5, week: 2, month: 3, since: at(-60 * DAY), complete: true, days: [] };
    const assumed = reading({ unit: { code: 'USD', source: 'default' } });
    const keys = [
      keyState({ id: '1', spend }),
      keyState({ id: '2', status: 'low' }),
      keyState({ id: '3', status: 'low', reading: assumed, spend }),
    ];
    setSpendLines(shown => [`sum of ${shown.length} *keys*`, 'another']);
    try {
      assert.deepEqual(
        rows(...keys).map(([, , today]) => today),
        ['–', '≈ &#36;1\\.50', '&#36;1\\.50'],
      );
      assert.match(tooltipMarkdown(keys, NOW), /\n\nsum of 3 \\\*keys\\\* {2}\nanother\n\n/);
    } finally {
      setSpendLines(() => []);
    }
    assert.doesNotMatch(tooltipMarkdown([keyState()], NOW), /Today/);
  });

  it('tells how long keys last, where that is known of any', () => {
    const forecast = { lastsUntil: at(3 * DAY), perDay: 5, confidence: 'good' } as const;
    const [lasting, other] = rows(keyState({ id: '1', forecast }), keyState({ id: '2', label: 'Zed' }));
    assert.match(lasting?.[2] ?? '', /Thursday|18/);
    assert.equal(other?.[2], '–');
    assert.equal(rows(keyState())[0]?.length, 5);
  });

  it('tells no distance to an end of which only the gateway can say whether it has come', () => {
    const past = reading({ takenAt: at(-DAY), quota: quota(15, 20), expiresAt: at(-HOUR) });
    assert.equal(rows(keyState({ status: 'stale', reading: past }))[0]?.[2], '–');
    assert.equal(rows(keyState({ status: 'expired', reading: past }))[0]?.[2], '60 minutes ago');
  });

  it('has a dash for a key without a figure of which nothing else is to say', () => {
    assert.equal(rows(keyState({ reading: reading() }))[0]?.[1], '–');
  });

  it('says what it does not know', () => {
    const [row] = rows(keyState({ status: 'invalid', reading: undefined, nextCheckAt: undefined }));
    assert.deepEqual(row, ['$(lock) Team', 'not accepted', '–', 'not yet', 'paused']);
  });

  it('does not call a key paused that goes on by itself when the key ring answers', () => {
    const [row] = rows(
      keyState({
        status: 'invalid',
        nextCheckAt: undefined,
        failure: { class: 'bad-key', message: '', reason: 'secret-unanswered' },
      }),
    );
    assert.equal(row?.[4], 'waiting');
  });

  it('a check that is overdue is not promised for now: it says since when it is due', () => {
    const [due] = rows(keyState({ nextCheckAt: at(-HOUR) }));
    const [before] = rows(keyState({ checkedAt: at(-DAY), nextCheckAt: at(-HOUR + 60_000) }));
    assert.match(due?.[4] ?? '', /^due.since.\d{1,2}:00/);
    assert.match(before?.[4] ?? '', /^due.since.\d{1,2}:01/);
    const [now] = rows(keyState({ nextCheckAt: at(-MINUTE + 1) }));
    assert.match(now?.[4] ?? '', /^\d{1,2}:59/);
  });

  it('shows twelve keys and counts the rest', () => {
    const keys = Array.from({ length: 15 }, (_, index) => keyState({ id: `${index}`, label: `k${index}` }));
    assert.equal(rows(...keys).length, 12);
    assert.match(tooltipMarkdown(keys, NOW), /\n\nand 3 more\n\n/);
    assert.doesNotMatch(tooltipMarkdown(keys.slice(0, 12), NOW), /more/);
  });

  it('explains an assumed unit where there is one', () => {
    const assumed = reading({ quota: quota(1), unit: { code: 'USD', source: 'default' } });
    const note = /\n\n≈ The gateway does not say its unit; the usual one is assumed\\\.\n\n/;
    assert.match(tooltipMarkdown([keyState(), keyState({ id: '2', reading: assumed })], NOW), note);
    assert.doesNotMatch(tooltipMarkdown([keyState()], NOW), /≈/);
    const raw = reading({ quota: quota(1), unit: { code: 'UNITS', source: 'default' } });
    assert.doesNotMatch(tooltipMarkdown([keyState({ reading: raw })], NOW), /≈/);
  });

  it('links only to commands that are trusted and exist', () => {
    const links = [...tooltipMarkdown([keyState()], NOW).matchAll(/\]\(command:([^)]+)\)/g)].map(
      ([, id]) => id,
    );
    assert.deepEqual(links, ['keyQuota.refreshAll', 'keyQuota.keys.focus', 'keyQuota.addKey']);
    assert.deepEqual([...TOOLTIP_COMMANDS].sort(), [...links].sort());
    const ours = new Set<string>([...commandIds, 'keyQuota.keys.focus']);
    assert.ok(links.every(id => id !== undefined && ours.has(id)));
  });
});

describe('labels that are markup', () => {
  const LABELS: readonly [label: string, cell: string][] = [
    ['a|b', 'a\\|b'],
    ['[x](command:workbench.action.quit)', '\\[x\\]\\(command:workbench\\.action\\.quit\\)'],
    ['$(trash)', '&#36;\\(trash\\)'],
    ['\\$(trash)', '\\\\&#36;\\(trash\\)'],
    ['**b** _i_ `c` ~~s~~', '\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~\\~s\\~\\~'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['&lt;', '&amp;lt;'],
    ['https://evil.example', 'https&#58;//evil\\.example'],
    ['me@evil.example', 'me&#64;evil\\.example'],
    ['two\r\nlines', 'two lines'],
    ['# head', '\\# head'],
  ];
  for (const [label, cell] of LABELS) {
    it(`${JSON.stringify(label)} shows as itself`, () => {
      assert.equal(escapeHoverMarkdown(label), cell);
      assert.deepEqual(rows(keyState({ label }))[0]?.[0], `$(key) ${cell}`);
    });
  }

  it('no label makes a link, an icon, a tag or a cell', () => {
    const label = fc.string({ unit: fc.constantFrom(...'$()[]<>|\\`:/&@!ab\n') });
    forAll(label, some => {
      const [row] = rows(keyState({ label: some }));
      const shown = row?.[0]?.slice('$(key) '.length) ?? '$(';
      const bare = shown.replaceAll('\\\\', '').replaceAll(/\\[^\n]/g, '');
      return row?.length === 5 && !/[$()[\]<>|`\n]/.test(bare);
    });
  });

  it('a table has a line for its head, its rule and each row', () => {
    assert.equal(markdownTable(['A', 'B'], [['1', '2']]), '| A&ensp;| B |\n| :-- | :-- |\n| 1&ensp;| 2 |');
  });
});
