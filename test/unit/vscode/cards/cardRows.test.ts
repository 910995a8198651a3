import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import { escapeHoverHtml } from '../../../../src/text/escapeHtml.ts';
import { cardRows, cardTable } from '../../../../src/vscode/cards/cardRows.ts';
import { keyHoverMarkdown } from '../../../../src/vscode/cards/keyHover.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { forAll } from '../../support/forAll.ts';
import { hoverText } from '../../support/hoverText.ts';
import { at, DAY, HOUR, keySpend, keyState, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const table = (...keys: readonly KeyState[]) => cardTable(keys.map(key => cardRows(key, NOW, 'dark')));
const withoutBreaks = (label: string) => table(keyState({ label })).replaceAll('<wbr>', '');
const SPEND = keySpend({ today: 1, week: 3, calendarWeek: 3, month: 3, days: [0, 2, 1] });

describe('the cards in a hover', () => {
  useTimeZone('UTC');

  it('are texts in order, with pictures off as well', () => {
    const key = keyState({
      status: 'low',
      spend: SPEND,
      reading: reading({ quota: quota(1, 20), expiresAt: at(44 * DAY) }),
    });
    assert.deepEqual(hoverText(table(key)).cards, [
      {
        icon: 'warning',
        name: 'Team',
        left: '5%  $1.00 of $20.00 left',
        line: 'low · expires in 44 days',
        spent: '$1.00 today · $3.00 this month',
        days: 'Spent on each of 3 days, $2.00 at most',
        colors: [
          'list-warningForeground',
          'list-warningForeground',
          'descriptionForeground',
          'descriptionForeground',
        ],
      },
    ]);
  });

  it('have a second row only where there is something to say', () => {
    assert.equal(table(keyState()).match(/<tr>/g)?.length, 1);
    assert.equal(table(keyState({ status: 'low' })).match(/<tr>/g)?.length, 2);
  });

  it('have a picture whose text says nothing twice: none for a bar, whose share is written beside it', () => {
    const alts = [...table(keyState({ spend: SPEND })).matchAll(/<img [^>]*alt="([^"]*)">/g)].map(
      ([, alt]) => alt,
    );
    assert.deepEqual(alts, ['', 'Spent on each of 3 days, &#36;2.00 at most']);
  });

  it('say in color what needs attention in themes of high contrast too, which have none for lists', () => {
    const colors = (status: KeyState['status'], theme: 'dark' | 'lightContrast') =>
      hoverText(cardTable([cardRows(keyState({ status }), NOW, theme)])).cards[0]?.colors[0];
    assert.deepEqual(
      [colors('low', 'dark'), colors('exhausted', 'dark')],
      ['list-warningForeground', 'list-errorForeground'],
    );
    assert.deepEqual(
      [colors('low', 'lightContrast'), colors('exhausted', 'lightContrast')],
      ['editorWarning-foreground', 'errorForeground'],
    );
  });

  it('have pictures in the colors of the theme', () => {
    const [dark, light] = (['dark', 'light'] as const).map(theme =>
      cardTable([cardRows(keyState(), NOW, theme)]),
    );
    assert.notEqual(dark, light);
  });

  const NAMES: readonly [name: string, cell: string][] = [
    ['<img src=x onerror=alert(1)>', '&#60;img src=x onerror=alert&#40;1&#41;&#62;'],
    ['"><b>', '&#34;&#62;&#60;b&#62;'],
    ["' onload='x", '&#39; onload=&#39;x'],
    ['$(trash)', '&#36;&#40;trash&#41;'],
    ['\\$(trash)', '&#92;&#36;&#40;trash&#41;'],
    ['[x](command:workbench.action.quit)', '&#91;x&#93;&#40;command&#58;workbench.action.quit&#41;'],
    ['https://evil.example', 'https&#58;//evil.example'],
    ['me@evil.example', 'me&#64;evil.example'],
    ['a\n\n# b', 'a  &#35; b'],
    ['&lt;', '&#38;lt;'],
    ['a\u202eb\u2069c\u200f', 'abc'],
  ];
  for (const [name, cell] of NAMES) {
    it(`${JSON.stringify(name)} shows as itself`, () => {
      assert.equal(escapeHoverHtml(name), cell);
      assert.ok(withoutBreaks(name).includes(`<b>\u2068${cell}\u2069</b>`));
    });
  }

  it('no name makes a tag, a link, an icon, a line, or turns what stands beside it', () => {
    const tags = withoutBreaks('Team').match(/<[a-z]/g)?.length;
    const unit = fc.constantFrom(...'$()[]<>|\\`:/&@!"\'=ab \n\u202e\u2066\u2069\u05d0');
    forAll(fc.string({ unit }), label => {
      const html = withoutBreaks(label);
      const name = /<b>\u2068(.*?)\u2069<\/b>/s.exec(html)?.[1] ?? '<';
      return html.match(/<[a-z]/g)?.length === tags && !/[$()[\]<>|`\n\u202e\u2066\u2069]/.test(name);
    });
  });

  it('have a name whose long words can be broken, so that the figures beside it stay in sight', () => {
    const nameIn = (label: string) => /<b>\u2068(.*?)\u2069<\/b>/s.exec(table(keyState({ label })))?.[1];
    assert.equal(nameIn(`my ${'x'.repeat(41)} y`), `my ${'x'.repeat(20)}<wbr>${'x'.repeat(20)}<wbr>x y`);
    assert.equal(nameIn('x'.repeat(20)), 'x'.repeat(20));
    // No sign is broken: neither what escapes one nor an emoji of several.
    assert.equal(nameIn('&'.repeat(21)), `${'&#38;'.repeat(20)}<wbr>&#38;`);
    assert.equal(nameIn('👩🏽‍💻'.repeat(21)), `${'👩🏽‍💻'.repeat(20)}<wbr>👩🏽‍💻`);
  });

  it('hold no secret that a name holds', () => {
    const secret = secretFor('card-name');
    redactor.protect(secret);
    const html = table(keyState({ label: `x ${secret}` }));
    assert.ok(html.includes('‹secret›'));
    assert.ok(!html.includes(secret.slice(-12)));
  });

  it('are one where one hovers over a line of the tree, with why it has no newer figures, and when these are from', () => {
    const failure = { class: 'transient', reason: 'timeout', message: 'It did not *answer*.' };
    const ahead = reading({ quota: quota(15, 20), takenAt: at(-HOUR), clockAheadMs: HOUR });
    const lines = (more: Partial<KeyState>) => hoverText(keyHoverMarkdown(keyState(more), NOW, 'dark')).lines;
    assert.deepEqual(lines({}), ['Updated 12:00 PM']);
    const [why, clock, ...others] = lines({ failure, reading: ahead });
    assert.equal(why, 'It did not *answer*.');
    assert.match(clock ?? '', /60 minutes ahead/);
    assert.deepEqual(others, []);
    const partly = { ...SPEND, since: at(-3 * DAY), complete: false };
    assert.deepEqual(lines({ spend: partly }), [
      'spend fully known since Jun 12, 2026, 12:00 PM',
      'Updated 12:00 PM',
    ]);
  });

  it('say below the card what its user wrote about the key, as text and isolated', () => {
    const note = 'Lent *until* <b>May</b> [x](command:y)';
    const markdown = keyHoverMarkdown(keyState({ note }), NOW, 'dark');
    assert.deepEqual(hoverText(markdown).lines, [`\u2068${note}\u2069`, 'Updated 12:00 PM']);
    assert.doesNotMatch(markdown, /<b>May|\[x\]\(command/);
  });
});
