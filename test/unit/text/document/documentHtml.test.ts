import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { heading, list, paragraph, strongParagraph, table } from '../../../../src/text/document/block.ts';
import { documentHtml } from '../../../../src/text/document/documentHtml.ts';

describe('a document as HTML', () => {
  const bodyOf = (html: string) => /<body><main>\n([\s\S]*)\n<\/main><\/body>/.exec(html)?.[1] ?? '';

  it('writes each part as what it is, numbers to the right', () => {
    const html = documentHtml(
      'T',
      [
        heading(2, 'Totals'),
        paragraph('a'),
        strongParagraph('b'),
        list(['c', 'd']),
        table([{ head: 'Name' }, { head: 'Used', isNumber: true }], [['key', '$1.00']]),
      ],
      'en',
    );
    assert.deepEqual(
      bodyOf(html)
        .replaceAll(/<\/?bdi>/g, '')
        .split('\n'),
      [
        '<h2>Totals</h2>',
        '<p>a</p>',
        '<p><strong>b</strong></p>',
        '<ul>',
        '<li>c</li>',
        '<li>d</li>',
        '</ul>',
        '<table>',
        '<thead><tr><th scope="col">Name</th><th scope="col" class="number">Used</th></tr></thead>',
        '<tbody>',
        '<tr><td>key</td><td class="number">$1.00</td></tr>',
        '</tbody>',
        '</table>',
      ],
    );
  });

  it('makes no markup of texts, wherever they stand', () => {
    const evil = '<img src=x onerror="alert(1)">';
    const html = documentHtml(
      evil,
      [
        heading(1, evil),
        paragraph(evil),
        strongParagraph(evil),
        list([evil]),
        table([{ head: evil }], [[evil]]),
      ],
      '"><script>',
    );
    assert.doesNotMatch(html, /<img|<script/);
    // The title, a heading, two paragraphs, a list item, and a table's head and cell.
    assert.equal(html.split('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;').length - 1, 7);
  });

  it('loads and runs nothing, and says its language', () => {
    const html = documentHtml('T', [paragraph('x')], 'zh-cn');
    assert.match(html, /^<!DOCTYPE html>\n<html lang="zh-cn" dir="ltr">/);
    assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
    assert.doesNotMatch(html, /\b(?:src|href)=/);
  });

  it('lets a name in a cell run from right to left, and no sentence that begins with one', () => {
    const name = '\u0645\u0641\u062a\u0627\u062d';
    const body = bodyOf(
      documentHtml('T', [table([{ head: 'Name' }], [[name]]), list([`${name}: spent`])], 'en'),
    );
    assert.ok(body.includes(`<td><bdi>${name}</bdi></td>`), body);
    assert.ok(body.includes(`<li>${name}: spent</li>`), body);
  });
});
