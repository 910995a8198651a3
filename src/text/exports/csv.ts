/** A cell: text, a number that is written exactly, or nothing (an empty cell). */
export type CsvCell = string | number | undefined;

/**
 * Serializes rows as CSV by RFC 4180, with a header row and CRLF. A text that a spreadsheet would read as a formula
 * gets an apostrophe before it (`'=1+1`); numbers are written exactly.
 */
export function csvText(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [head, ...rows].map(row => `${row.map(cellText).join(',')}\r\n`).join('');
}

/**
 * How a formula begins, in ASCII and in full-width characters, also after a semicolon or tab inside a text:
 * spreadsheets of languages that write a decimal comma split cells there.
 */
const FORMULA_START = /(?:^|(?<=[;|\t\r\n]))(?=[\s\p{Cf}]*[=+\-@＝＋－﹢﹣﹦＠\t\r])/gu;

function cellText(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainNumber(cell) : '';
  const safe = cell.replace(FORMULA_START, "'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Writes a number without an exponent, which not every CSV reader knows, and adds no digits. */
function plainNumber(number: number): string {
  const [mantissa = '', exponent] = String(number).split('e');
  if (exponent === undefined) return mantissa;
  const sign = number < 0 ? '-' : '';
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.');
  const zeros = Math.abs(Number(exponent));
  return Number(exponent) > 0
    ? sign + whole + part.padEnd(zeros, '0')
    : `${sign}0.${'0'.repeat(zeros - 1)}${whole}${part}`;
}
