import type { LogFilter, LogFilterName, LogRow } from '../../core/usage/logRow.ts';
import { sanitizeText } from '../sanitizeText.ts';

/** The rows that pass a filter, and what the gateway made of the filter. */
export interface FilteredRows {
  readonly rows: readonly LogRow[];
  /** Parts that the gateway ignored and that were applied here. */
  readonly appliedHere: readonly LogFilterName[];
  /** Parts that the gateway ignored and that its rows do not allow to apply. */
  readonly notApplied: readonly LogFilterName[];
}

/** Whether a row passes one part of a filter; undefined where the row does not have the field. */
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

/**
 * Applies a filter to rows that should have passed it already: some versions and relatives ignore parts of
 * it.
 */
export function applyFilterLocally(sent: readonly LogRow[], filter: LogFilter): FilteredRows {
  const appliedHere = new Set<LogFilterName>();
  const notApplied = new Set<LogFilterName>();
  const rows = sent.filter(row => {
    let passes = true;
    for (const [name, fits] of Object.entries(ROW_FILTERS) as [LogFilterName, RowFilter][]) {
      const isPassed = fits(row, filter);
      if (isPassed === undefined) notApplied.add(name);
      if (isPassed === false) appliedHere.add(name);
      passes &&= isPassed !== false;
    }
    return passes;
  });
  return { rows, appliedHere: [...appliedHere], notApplied: [...notApplied] };
}

/** Compares names as they are shown, sanitized. */
function isSameName(actual: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return actual === undefined ? undefined : actual === sanitizeText(wanted, 100);
}

/**
 * SQL's `LIKE` in its loosest form: case-insensitive, `_` for any character; versions differ in both. A loop,
 * because a regular expression would backtrack for hours on some patterns.
 */
function matchesLikePattern(text: string, pattern: string): boolean {
  const characters = [...text.toLowerCase()];
  const wanted = [...pattern.toLowerCase()];
  let at = 0;
  let next = 0;
  /** The last `%`, and where what it matches ends. */
  let wildcard = -1;
  let wildcardEnd = 0;
  while (at < characters.length) {
    const character = wanted[next];
    if (character === '%') {
      wildcard = next++;
      wildcardEnd = at;
    } else if (character === '_' || character === characters[at]) {
      at++;
      next++;
    } else if (wildcard >= 0) {
      next = wildcard + 1;
      at = ++wildcardEnd;
    } else return false;
  }
  return wanted.slice(next).every(character => character === '%');
}
