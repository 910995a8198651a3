/** A cell: text, an exact number, or nothing. */
export type CsvCell = string | number | undefined;

/**
 * Rows as CSV after RFC 4180, with a head. A text that a spreadsheet would take for a formula is made plain
 * by an apostrophe; numbers are written exactly and never touched.
 */
export function csvText(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [head, ...rows].map(row => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainNumber(cell) : '';
  const safe = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Without an exponent, which not every reader of CSV knows; as exact as the number itself. */
function plainNumber(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  if (Number.isInteger(number)) return BigInt(number).toString();
  const [digits = '', exponent = '0'] = text.replace('-', '').replace('.', '').split('e-');
  return `${number < 0 ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}
