import { addUp } from '../usage/totalSum.ts';
import type { UsageCell, UsageRow } from '../usage/usage.ts';
import type { UsageReport } from '../usage/usageReport.ts';
import { hasSpendWithoutModel, type LookInto, lookedAt } from './lookInto.ts';
import type { UsageAnswer } from './usageMessages.ts';

/** Which part of all spend a file holds, where it is not all. */
export interface ExportedPart {
  /** How many of all keys. */
  readonly keys?: { readonly shown: number; readonly all: number };
  /** The one key or model that is looked into, by name; an empty model is that of spend without one. */
  readonly key?: string;
  readonly model?: string;
  /** Set where some spend may be the model's and is not known to be. */
  readonly lacksUnknownModels?: true;
}

/** What an export of the usage panel holds: what is on the screen. */
export interface UsageExport {
  readonly reports: readonly UsageReport[];
  readonly part?: ExportedPart;
}

/** The export of an answer, of which one key or model may be looked into; `keyCount` is that of all keys there are. */
export function usageExport(
  { question, reports, missing = [] }: UsageAnswer,
  keyCount: number,
  only: LookInto = {},
): UsageExport {
  const { key, model } = only;
  const shown = question.keyIds.length === 0 ? keyCount : question.keyIds.length;
  const isNarrowed = key === undefined && shown < keyCount;
  const part: ExportedPart = {
    ...(isNarrowed && { keys: { shown, all: keyCount } }),
    ...(key && { key: key.name }),
    ...(model && { model: model.id }),
    ...(hasSpendWithoutModel(reports, only) && { lacksUnknownModels: true }),
  };
  // A key without figures cannot be looked into.
  const without = key === undefined ? missing : [];
  const looked = key || model ? lookedAt(reports, only).map(withRows) : reports;
  return {
    reports: [...looked, ...without],
    ...(Object.keys(part).length > 0 && { part }),
  };
}

/** A part of a report has its figures over time alone; files have sums by day, key and model. */
function withRows(report: UsageReport): UsageReport {
  if (!report.timeline || report.byDay) return report;
  const { cells } = report.timeline;
  const byKey = rowsBy(cells, ({ key }) => key);
  const byModel = rowsBy(cells, ({ model }) => model);
  return {
    ...report,
    byDay: rowsBy(cells, ({ at }) => at.slice(0, 'yyyy-mm-dd'.length)),
    ...(cells.some(({ key }) => key !== undefined) && { byKey: bySpend(byKey) }),
    ...(cells.some(({ model }) => model !== undefined) && { byModel: bySpend(byModel) }),
  };
}

function rowsBy(cells: readonly UsageCell[], nameOf: (cell: UsageCell) => string | undefined): UsageRow[] {
  const groups = Map.groupBy(cells, cell => nameOf(cell) ?? '');
  return [...groups].map(([name, members]) => ({ name, ...(addUp(members) ?? { used: 0 }) }));
}

function bySpend(rows: readonly UsageRow[]): UsageRow[] {
  return rows.toSorted((a, b) => b.used - a.used || a.name.localeCompare(b.name));
}
