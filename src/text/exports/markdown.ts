import { escapeMarkdown } from '../escapeMarkdown.ts';

/** A column of a Markdown table. */
export interface PlainColumn {
  readonly head: string;
  /** Figures stand at the right, so that their places are under each other. */
  readonly isNumber?: boolean;
}

/** A table whose cells are plain text. */
export function plainTable(columns: readonly PlainColumn[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => escapeMarkdown(head))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map(row => line(row.map(escapeMarkdown))),
  ].join('\n');
}

/** A list of sentences of plain text. */
export function plainList(sentences: readonly string[]): string {
  return sentences.map(sentence => `- ${escapeMarkdown(sentence)}`).join('\n');
}
