import type { LogFilter, LogFilterName, LogRow } from '../../core/usage/logRow.ts';
import { plainText } from '../fields.ts';

/** Rows of a page behind a filter, and what the gateway made of the filter. */
export interface FilteredRows {
  readonly rows: readonly LogRow[];
  /** Which parts of the filter the gateway does not look at, so that they were applied here. */
  readonly appliedHere: readonly LogFilterName[];
  /** Which parts nobody can apply: the gateway does not look at them, or its rows do not tell. */
  readonly notApplied: readonly LogFilterName[];
}

/** Whether a row belongs behind a part of a filter; undefined where the row does not tell. */
type Fits = (row: LogRow, filter: LogFilter) => boolean | undefined;

const PARTS: Readonly<Record<LogFilterName, Fits>> = {
  type: (row, { type }) => type === undefined || row.type === type,
  keyName: (row, { keyName }) => isSame(row.keyName, keyName),
  model: (row, { model }) => model === undefined || isLike(row.model, plainText(model, 100)),
  group: (row, { group }) => isSame(row.group, group),
  requestId: (row, { requestId }) => isSame(row.requestId, requestId),
  from: ({ at }, { from }) => from === undefined || Date.parse(at) >= Math.floor(from / 1000) * 1000,
  to: ({ at }, { to }) => to === undefined || Date.parse(at) <= to,
};

/** Applies a filter to rows that a gateway says have passed it: versions and relatives ignore parts of it in silence. */
export function filteredHere(sent: readonly LogRow[], filter: LogFilter): FilteredRows {
  const appliedHere = new Set<LogFilterName>();
  const notApplied = new Set<LogFilterName>();
  const rows = sent.filter(row => {
    let passes = true;
    for (const [name, fits] of Object.entries(PARTS) as [LogFilterName, Fits][]) {
      const verdict = fits(row, filter);
      if (verdict === undefined) notApplied.add(name);
      if (verdict === false) appliedHere.add(name);
      passes &&= verdict !== false;
    }
    return passes;
  });
  return { rows, appliedHere: [...appliedHere], notApplied: [...notApplied] };
}

/** Names are compared as they are shown: what stands in a row was made harmless. */
function isSame(told: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return told === undefined ? undefined : told === plainText(wanted, 100);
}

/**
 * SQL's `LIKE` in its loosest form: without regard to case, `_` for any sign. Versions differ in both. Sign by sign
 * and not by a regular expression, which some patterns keep busy for hours.
 */
function isLike(text: string, pattern: string): boolean {
  const signs = [...text.toLowerCase()];
  const wanted = [...pattern.toLowerCase()];
  let at = 0;
  let next = 0;
  /** The last `%`, and how far what it stands for reaches. */
  let any = -1;
  let reach = 0;
  while (at < signs.length) {
    const sign = wanted[next];
    if (sign === '%') {
      any = next++;
      reach = at;
    } else if (sign === '_' || sign === signs[at]) {
      at++;
      next++;
    } else if (any >= 0) {
      next = any + 1;
      at = ++reach;
    } else return false;
  }
  return wanted.slice(next).every(sign => sign === '%');
}
