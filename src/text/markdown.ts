/**
 * Text from outside, made to show as itself in Markdown: no markup, links, icons or table cells. VS Code
 * looks for icons, `$(name)`, after Markdown has taken backslashes away, so the dollar is an entity.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/\$/g, '&#36;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/@/g, '&#64;');
}

/** As `escapeMarkdown`, and never broken into lines. */
export function unbroken(text: string): string {
  return escapeMarkdown(text.replace(/\s/g, '\u00a0'));
}

/** Columns of VS Code's tooltips stand close to each other. */
const GAP = '&ensp;';

/** A Markdown table, its text to the left; the cells must be Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(`${GAP}| `)} |`;
  return [line(head), `|${' :-- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
