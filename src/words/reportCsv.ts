import type { UsageRow } from '../quota/usage.ts';
import type { UsageReport } from '../quota/usageReport.ts';
import { type CsvCell, csvText } from './csv.ts';

const HEAD = [
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

/** Reports as one table: a row for each total, day, key and model. Exact figures, ISO 8601 times. */
export function reportsCsv(reports: readonly UsageReport[]): string {
  return csvText(HEAD, reports.flatMap(reportRows));
}

function reportRows(report: UsageReport): CsvCell[][] {
  const { coverage } = report;
  const about: CsvCell[] = [
    report.scope.key ?? report.scope.account,
    report.from,
    report.to,
    unitName(report),
    report.source,
    coverage.complete ? 'yes' : 'no',
    coverage.from,
    coverage.to,
  ];
  const rows = (part: string, list: readonly UsageRow[] | undefined) =>
    (list ?? []).map(({ name, used, requests, tokens }) => [...about, part, name, used, requests, tokens]);
  const { total } = report;
  return [
    ...rows('total', total && [{ name: '', ...total }]),
    ...rows('day', report.byDay),
    ...rows('key', report.byKey),
    ...rows('model', report.byModel),
  ];
}

/** The unit as a column wants it: a code, or a gateway's own symbol. */
export function unitName({ unit }: Pick<UsageReport, 'unit'>): string {
  return unit.code === 'CUSTOM' ? (unit.symbol ?? unit.code) : unit.code;
}
