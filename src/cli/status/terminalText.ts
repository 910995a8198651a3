import { lazyImport } from '../../core/lazyImport.ts';
import { sanitizeText } from '../../gateways/sanitizeText.ts';
import { isolatedName } from '../../text/isolatedName.ts';

/** The most characters of a name in a table. */
const MAX_NAME_LENGTH = 40;

/** A name for a terminal: without characters that move the cursor, change colors or turn what stands beside them. */
export function terminalName(name: string): string {
  return isolatedName(sanitizeText(name, MAX_NAME_LENGTH));
}

/** A sentence for a terminal, on one line, likewise. */
export function terminalText(text: string): string {
  return sanitizeText(text, 2000);
}

/** Characters that are one column wide and combine with no other: most of what is shown. Without the soft hyphen. */
const NARROW = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u20a0-\u20bf\u2248\u221e]*$/;

let stringWidth: ((text: string) => number) | undefined;

/**
 * Must be awaited before texts are measured. Loads the package for wide characters only where a text has one: loading
 * takes longer than all the rest.
 */
async function prepareColumns(texts: Iterable<string>): Promise<void> {
  for (const text of texts)
    if (!NARROW.test(text)) stringWidth ??= (await lazyImport(() => import('string-width'))).default;
}

/** How many columns a terminal gives a text: two for a wide character, none for one that joins another. */
function columnsOf(text: string): number {
  return NARROW.test(text) ? text.length : (stringWidth?.(text) ?? text.length);
}

/** Pads columns of texts with spaces to their widest text; those in `right` are right-aligned. */
export async function aligned(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
): Promise<readonly (readonly string[])[]> {
  await prepareColumns(rows.flat());
  const widths = new Map<number, number>();
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths.set(column, Math.max(widths.get(column) ?? 0, columnsOf(cell)));
  return rows.map(row =>
    row.map((cell, column) => {
      const spaces = ' '.repeat((widths.get(column) ?? 0) - columnsOf(cell));
      return right.has(column) ? spaces + cell : cell + spaces;
    }),
  );
}
