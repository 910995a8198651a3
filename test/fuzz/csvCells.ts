import { numbersIn } from './numbers.ts';

/** The cells of CSV after RFC 4180. */
function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}

/** What a spreadsheet would take for a formula; a number is none. */
export function formulaIn(csv: string): string | undefined {
  const cell = cellsOf(csv).find(each => /^\s*[=+\-@]/.test(each) && !Number.isFinite(Number(each)));
  return cell === undefined ? undefined : `the formula ${cell.slice(0, 100)}`;
}

/** A cell with a number that was not in the data to the last digit. */
export function strangeCell(csv: string, data: unknown): string | undefined {
  const numbers = new Set(numbersIn(data));
  const cells = cellsOf(csv).filter(cell => cell.trim() !== '' && Number.isFinite(Number(cell)));
  return cells.find(cell => !numbers.has(Number(cell)));
}
