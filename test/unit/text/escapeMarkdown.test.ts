import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { escapeHoverMarkdown, escapeMarkdown } from '../../../src/text/escapeMarkdown.ts';

describe('text in Markdown', () => {
  const ROWS: readonly (readonly [text: string, inFile: string, inHover: string])[] = [
    ['Team', 'Team', 'Team'],
    ['a|b', 'a\\|b', 'a\\|b'],
    ['[x](command:y)', '\\[x\\]\\(command:y\\)', '\\[x\\]\\(command:y\\)'],
    ['![x](y)', '\\!\\[x\\]\\(y\\)', '\\!\\[x\\]\\(y\\)'],
    [
      '# *a* _b_ `c` ~d~ {e}',
      '\\# \\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\{e\\}',
      '\\# \\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\{e\\}',
    ],
    ['\\|', '\\\\\\|', '\\\\\\|'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['https://x.dev', 'https&#58;//x.dev', 'https&#58;//x\\.dev'],
    ['WWW.x.dev', 'www&#46;x.dev', 'WWW\\.x\\.dev'],
    ['me@x.dev', 'me&#64;x.dev', 'me&#64;x\\.dev'],
    ['$(zap) $15.00', '$\\(zap\\) $15.00', '&#36;\\(zap\\) &#36;15\\.00'],
    ['- a + b 1.', '\\- a + b 1.', '\\- a \\+ b 1\\.'],
    ['+ a', '\\+ a', '\\+ a'],
    ['12. a', '12\\. a', '12\\. a'],
    ['-$5.00 1.5', '-$5.00 1.5', '\\-&#36;5\\.00 1\\.5'],
    ['a\r\n\r\nb', 'a b', 'a b'],
    ['a \t\u00a0b', 'a b', 'a \t\u00a0b'],
  ];
  for (const [text, inFile, inHover] of ROWS) {
    it(`${JSON.stringify(text)} is shown unchanged`, () => {
      assert.equal(escapeMarkdown(text), inFile);
      assert.equal(escapeHoverMarkdown(text), inHover);
    });
  }
});
