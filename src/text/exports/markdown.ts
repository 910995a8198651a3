/** Text from outside, made to show as itself in a Markdown file: no markup, no links, no table cells. */
export function plainMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_{}[\]()#|~!]/g, '\\$&')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      // Many readers make links of bare addresses.
      .replace(/:\/\//g, '&#58;//')
      .replace(/\bwww\./gi, 'www&#46;')
      .replace(/@/g, '&#64;')
  );
}

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
    line(columns.map(({ head }) => plainMarkdown(head))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map(row => line(row.map(plainMarkdown))),
  ].join('\n');
}

/** A list of sentences of plain text. */
export function plainList(sentences: readonly string[]): string {
  return sentences.map(sentence => `- ${plainMarkdown(sentence)}`).join('\n');
}
