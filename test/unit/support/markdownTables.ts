/** The rows of the first table below a heading of a Markdown document, each as its cells' texts. */
export function tableUnder(markdown: string, heading: string): string[][] {
  return sectionUnder(markdown, heading)
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line => line.slice(2, -2).split(' | '));
}

/** What stands below a heading, up to the next one. Throws when there is no such heading. */
export function sectionUnder(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex(line => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) throw new Error(`there is no heading “${heading}”`);
  const end = lines.findIndex((line, at) => at > start && line.startsWith('#'));
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}
