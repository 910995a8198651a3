import { escapeHoverMarkdown } from './escapeMarkdown.ts';

/** Escapes text like `escapeHoverMarkdown`, with non-breaking spaces. */
export function nonBreaking(text: string): string {
  return escapeHoverMarkdown(text.replace(/\s/g, '\u00a0'));
}

/** VS Code puts the columns of a tooltip's table close together. */
const COLUMN_GAP = '&ensp;';

/** A Markdown table, aligned to the left; the cells must be Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(`${COLUMN_GAP}| `)} |`;
  return [line(head), `|${' :-- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
