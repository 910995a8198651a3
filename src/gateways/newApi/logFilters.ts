import type { LogFilter, LogFilterName, LogRow } from '../../core/usage/logRow.ts';
import { sanitizeText } from '../fields.ts';

/** Rows of a page behind a filter, and what the gateway made of the filter. */
export interface FilteredRows {
  readonly rows: readonly LogRow[];
  /** Which parts of the filter the gateway does not look at, so that they were applied here. */
  readonly appliedHere: readonly LogFilterName[];
  /** Which parts nobody can apply: the gateway does not look at them, or its rows do not tell. */
  readonly notApplied: readonly LogFilterName[];
}

/** Whether a row belongs behind a part of a filter; undefined where the row does not tell. */
type RowFilter = (row: LogRow, filter: LogFilter) => boolean | undefined;

const ROW_FILTERS: Readonly<Record<LogFilterName, RowFilter>> = {
  type: (row, { type }) => type === undefined || row.type === type,
  keyName: (row, { keyName }) => isSameName(row.keyName, keyName),
  model: (row, { model }) => model === undefined || matchesLikePattern(row.model, sanitizeText(model, 100)),
  group: (row, { group }) => isSameName(row.group, group),
  requestId: (row, { requestId }) => isSameName(row.requestId, requestId),
  from: ({ at }, { from }) => from === undefined || Date.parse(at) >= Math.floor(from / 1000) * 1000,
  to: ({ at }, { to }) => to === undefined || Date.parse(at) <= to,
};

/** Applies a filter to rows that a gateway says have passed it: versions and relatives ignore parts of it in silence. */
export function applyFilterLocally(sent: readonly LogRow[], filter: LogFilter): FilteredRows {
  const appliedHere = new Set<LogFilterName>();
  const notApplied = new Set<LogFilterName>();
  const rows = sent.filter(row => {
    let passes = true;
    for (const [name, fits] of Object.entries(ROW_FILTERS) as [LogFilterName, RowFilter][]) {
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
function isSameName(actual: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return actual === undefined ? undefined : actual === sanitizeText(wanted, 100);
}

/**
 * SQL's `LIKE` in its loosest form: without regard to case, `_` for any sign. Versions differ in both. Sign by sign
 * and not by a regular expression, which some patterns keep busy for hours.
 */
function matchesLikePattern(text: string, pattern: string): boolean {
  const signs = [...text.toLowerCase()];
  const wanted = [...pattern.toLowerCase()];
  let at = 0;
  let next = 0;
  /** The last `%`, and how far what it stands for reaches. */
  let wildcard = -1;
  let wildcardEnd = 0;
  while (at < signs.length) {
    const sign = wanted[next];
    if (sign === '%') {
      wildcard = next++;
      wildcardEnd = at;
    } else if (sign === '_' || sign === signs[at]) {
      at++;
      next++;
    } else if (wildcard >= 0) {
      next = wildcard + 1;
      at = ++wildcardEnd;
    } else return false;
  }
  return wanted.slice(next).every(sign => sign === '%');
}
