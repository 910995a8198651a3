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

/** A table whose cells are plain text. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plainMarkdown).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
