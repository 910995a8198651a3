import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { escapeHtml } from '../../../src/text/escapeHtml.ts';

describe('text in HTML', () => {
  for (const [text, html] of [
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onload="x', '&quot; onload=&quot;x'],
    ['&lt;', '&amp;lt;'],
    ['Team A’s key', 'Team A’s key'],
    ['', ''],
  ] as const) {
    it(`${JSON.stringify(text)} is ${html}`, () => assert.equal(escapeHtml(text), html));
  }
});
