import type { ExportedPart } from '../../core/panels/usageExport.ts';
import { unitName } from '../../core/quota/unit.ts';
import type { UsageRow } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { type CsvCell, csvText } from './csv.ts';

const CSV_HEADER = [
  'scope',
  'from',
  'to',
  'unit',
  'source',
  'complete',
  'covered_from',
  'covered_to',
  'part',
  'name',
  'used',
  'requests',
  'tokens',
] as const;

/**
 * Serializes reports as one table: a row for each total, day, key and model, and for the total of each other source.
 * The column `part` says which, so that nobody adds up two parts of the same spend. Figures are exact, times ISO 8601.
 * Where the table holds a part of all spend, a last column says which: `2 of 3 keys`.
 */
export function reportsCsv(reports: readonly UsageReport[], part?: ExportedPart): string {
  const rows = reports.flatMap(reportRows);
  if (!part) return csvText(CSV_HEADER, rows);
  const only = onlyText(part);
  return csvText(
    [...CSV_HEADER, 'only'],
    rows.map(row => [...row, only]),
  );
}

/** In English, as all that programs read. */
function onlyText({ keys, key, model, lacksUnknownModels }: ExportedPart): string {
  return [
    ...(keys ? [`${keys.shown} of ${keys.all} keys`] : []),
    ...(key === undefined ? [] : [`key: ${key}`]),
    ...(model === undefined ? [] : [model === '' ? 'spend whose model is not known' : `model: ${model}`]),
    ...(lacksUnknownModels ? ['without spend whose model is not known'] : []),
  ].join('; ');
}

/** A row of a report, or of a total that is not known. */
type CsvRow = Omit<UsageRow, 'used'> & { readonly used: number | undefined };

function reportRows(report: UsageReport): CsvCell[][] {
  const rows = (part: string, list: readonly CsvRow[] | undefined) =>
    csvRows(report, report, part, list ?? []);
  const { total, others = [] } = report;
  return [
    // A total that is not known has a row as well: without it the table would look complete.
    ...rows('total', [{ name: '', used: undefined, ...total }]),
    ...rows('day', report.byDay),
    ...rows('key', report.byKey),
    ...rows('model', report.byModel),
    ...others.flatMap(other =>
      csvRows(report, other, 'other-source', other.total ? [{ name: '', ...other.total }] : []),
    ),
  ];
}

function csvRows(
  { scope, from, to }: UsageReport,
  { unit, source, coverage }: Pick<UsageReport, 'unit' | 'source' | 'coverage'>,
  part: string,
  list: readonly CsvRow[],
): CsvCell[][] {
  const about: CsvCell[] = [
    scope.key ?? scope.account,
    from,
    to,
    unitName(unit),
    source,
    completenessText(coverage, list),
    coverage.from,
    coverage.to,
  ];
  return list.map(({ name, used, requests, tokens }) => [...about, part, name, used, requests, tokens]);
}

function completenessText({ complete }: UsageReport['coverage'], list: readonly CsvRow[]): string {
  return complete && list.every(({ used }) => used !== undefined) ? 'yes' : 'no';
}
