import { escapeHoverMarkdown } from './escapeMarkdown.ts';

/** As `escapeHoverMarkdown`, with spaces at which no line is broken. */
export function nonBreaking(text: string): string {
  return escapeHoverMarkdown(text.replace(/\s/g, '\u00a0'));
}

/** Columns of VS Code's tooltips stand close to each other. */
const COLUMN_GAP = '&ensp;';

/** A Markdown table, its text to the left; the cells must be Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(`${COLUMN_GAP}| `)} |`;
  return [line(head), `|${' :-- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
