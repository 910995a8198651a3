/** A card in a hover as a person reads it, pictures off. */
export interface HoverCard {
  readonly icon: string;
  readonly name: string;
  /** The text beside its bar: the share, and what is left. */
  readonly left: string;
  /** The notice, and what comes next. */
  readonly line: string;
  readonly spent: string;
  /** What is said of the picture of its days. */
  readonly days: string;
  /** The colors of icon and texts. */
  readonly colors: readonly string[];
}

/** The cards in the Markdown of a hover, and the lines below them. */
export function hoverText(markdown: string): {
  readonly cards: readonly HoverCard[];
  readonly lines: readonly string[];
} {
  const [table = '', ...paragraphs] = markdown.startsWith('<table>')
    ? markdown.split('\n\n')
    : ['', ...markdown.split('\n\n')];
  const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => cell),
  );
  const cards: HoverCard[] = [];
  for (const [index, [first = '', , left = '']] of rows.entries()) {
    if (!first.includes('<b>')) continue;
    const below = rows[index + 1] ?? [];
    const [line = '', days = '', spent = ''] = below.some(cell => cell.includes('<b>')) ? [] : below;
    cards.push({
      icon: /\$\(([a-z-]+)\)/.exec(first)?.[1] ?? '',
      name: plain(/<b>(.*)<\/b>/s.exec(first)?.[1] ?? ''),
      left: plain(left),
      line: plain(line),
      spent: plain(spent),
      days: plain(/ alt="([^"]*)"/.exec(days)?.[1] ?? ''),
      colors: [...(first + line).matchAll(/--vscode-([\w-]+)/g)].map(([, color = '']) => color),
    });
  }
  return { cards, lines: paragraphs.flatMap(text => text.split('  \n')).map(plainMarkdown) };
}

/** HTML as the text that it shows. */
function plain(html: string): string {
  return decode(html.replace(/<[^>]*>/g, ''))
    .replace(/[\u2068\u2069]/g, '')
    .trim();
}

function plainMarkdown(markdown: string): string {
  return decode(markdown.replace(/(?<!\\)\[(.*?)\]\(command:[\w.]+\)/g, '$1'))
    .replace(/\\(.)/g, '$1')
    .trim();
}

function decode(text: string): string {
  return text
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&amp;/g, '&')
    .replace(/[\u00a0\u202f\u2007]/g, ' ');
}
