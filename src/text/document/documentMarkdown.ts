import { escapeMarkdown } from '../escapeMarkdown.ts';
import type { Block } from './block.ts';

/** A document as Markdown: `# Title`, `**Total: $1.00**`, `- One sentence.`, `| a\|b | $1.00 |`. */
export function documentMarkdown(blocks: readonly Block[]): string {
  return [...blocks.map(blockMarkdown), ''].join('\n\n');
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return block.isStrong ? `**${escapeMarkdown(block.text)}**` : escapeMarkdown(block.text);
    case 'list':
      return block.items.map(item => `- ${escapeMarkdown(item)}`).join('\n');
    case 'table':
      return tableMarkdown(block);
    case 'picture':
      return `![${escapeMarkdown(block.text)}](${block.file})`;
  }
}

function tableMarkdown({ columns, rows }: Extract<Block, { readonly kind: 'table' }>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => escapeMarkdown(head))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map(row => line(row.map(escapeMarkdown))),
  ].join('\n');
}
