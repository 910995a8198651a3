import { escapeMarkdown } from '../escapeMarkdown.ts';

/** A column of a Markdown table. */
export interface TableColumn {
  readonly head: string;
  /** Numbers are aligned to the right, so that their digits are below each other. */
  readonly isNumber?: boolean;
}

/** A Markdown table whose cells are plain text: `| Key | Used |`, `| --- | ---: |`, `| a\|b | $1.00 |`. */
export function escapedTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => escapeMarkdown(head))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map(row => line(row.map(escapeMarkdown))),
  ].join('\n');
}

/** A Markdown list whose items are plain text: `- One sentence.` */
export function escapedList(sentences: readonly string[]): string {
  return sentences.map(sentence => `- ${escapeMarkdown(sentence)}`).join('\n');
}
