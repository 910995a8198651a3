import { escapeHtml } from '../escapeHtml.ts';
import { wholeDates } from '../wholeDates.ts';
import type { Block } from './block.ts';

/**
 * Prints on A4 and Letter. Tables keep their heads on every page, no row is cut by the end of one, no two rows stand alone, and
 * what introduces a table is on its page. A long name takes no room from the other columns. On a narrow screen words stay
 * whole, and the page scrolls sideways: a table that did would be out of reach without a pointer.
 */
const STYLE = `
:root { color-scheme: light; }
body { font: 11pt/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 60em; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.25em; margin-top: 1.8em; border-bottom: 1px solid #ccc; } h3 { font-size: 1em; }
h1, h2, h3, h2 + p, p:has(+ h3) { break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { text-align: start; vertical-align: top; padding: .25em .6em; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th:first-child, td:first-child { max-width: 13em; }
thead { display: table-header-group; } tr, figure, h2:last-of-type + ul { break-inside: avoid; }
tbody tr:nth-child(-n+2):not(:last-child) { break-after: avoid; }
tbody tr:nth-last-child(-n+2):not(:first-child) { break-before: avoid; }
figure { margin: 1em 0; } figcaption { font-weight: 600; margin-bottom: .4em; } figure > svg { max-width: 100%; height: auto; }
@media screen and (max-width: 600px) { th, td { overflow-wrap: normal; } td:not(.number) { min-width: 8em; } }
@page { margin: 16mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt; } }
`;

/**
 * A document as one HTML page that opens alone: pictures are part of it, and nothing is loaded or run. `language` is the
 * BCP 47 tag of its texts.
 */
export function documentHtml(title: string, blocks: readonly Block[], language: string): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="${escapeHtml(language)}" dir="ltr">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body><main>',
    ...blocks.map(blockHtml),
    '</main></body>',
    '</html>',
    '',
  ].join('\n');
}

function textHtml(text: string): string {
  return escapeHtml(wholeDates(text));
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${textHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return block.isStrong
        ? `<p><strong>${textHtml(block.text)}</strong></p>`
        : `<p>${textHtml(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map(item => `<li>${textHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return tableHtml(block);
    case 'picture':
      return `<figure>\n<figcaption>${textHtml(block.text)}</figcaption>\n${block.svg}\n</figure>`;
  }
}

function tableHtml({ columns, rows }: Extract<Block, { readonly kind: 'table' }>): string {
  const cells = (tag: 'th' | 'td', texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const look = columns[index]?.isNumber ? ' class="number"' : '';
        const scope = tag === 'th' ? ' scope="col"' : '';
        return `<${tag}${scope}${look}>${isolatedHtml(text)}</${tag}>`;
      })
      .join('');
  return [
    '<table>',
    `<thead><tr>${cells(
      'th',
      columns.map(({ head }) => head),
    )}</tr></thead>`,
    '<tbody>',
    ...rows.map(row => `<tr>${cells('td', row)}</tr>`),
    '</tbody>',
    '</table>',
  ].join('\n');
}

/** A cell is a name or a figure: a name that is written from right to left is shown so. Sentences never are. */
function isolatedHtml(text: string): string {
  return `<bdi>${textHtml(text)}</bdi>`;
}
