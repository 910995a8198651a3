import { lazyImport } from '../../core/lazyImport.ts';
import { sanitizeText } from '../../gateways/fields.ts';
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

/** Signs that are one column wide each, and join no other: most of what is shown. A soft hyphen is not among them. */
const NARROW = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u20a0-\u20bf\u2248\u221e]*$/;

let stringWidth: ((text: string) => number) | undefined;

/** To be awaited before texts are measured. What knows of wide characters is loaded only for them: that takes longer than all the rest. */
async function prepareColumns(texts: Iterable<string>): Promise<void> {
  for (const text of texts)
    if (!NARROW.test(text)) stringWidth ??= (await lazyImport(() => import('string-width'))).default;
}

/** How many columns a terminal gives a text: two for a wide character, none for one that joins another. */
function columnsOf(text: string): number {
  return NARROW.test(text) ? text.length : (stringWidth?.(text) ?? text.length);
}

/** Fills columns of texts up with spaces, each to its widest text. `right` are those whose ends belong below each other. */
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
