import { addUp } from '../usage/totalSum.ts';
import type { UsageTotal } from '../usage/usage.ts';
import type { UsageReport } from '../usage/usageReport.ts';
import { seriesKeyId } from './seriesSlots.ts';

/** A key or a model by the id that it has in charts and tables. */
export interface Looked {
  readonly id: string;
  readonly name: string;
}

/** The one key or model, or both, that the page shows alone. */
export interface LookInto {
  readonly key?: Looked;
  readonly model?: Looked;
}

/** The part of some reports that is about one key or model. Reports without anything of it are left out. */
export function lookedAt(reports: readonly UsageReport[], only: LookInto): readonly UsageReport[] {
  return reports.flatMap(report => partOf(report, only) ?? []);
}

/** Whether a report tells models. */
export function knowsModels({ timeline, byModel }: UsageReport): boolean {
  return timeline ? timeline.cells.some(({ model }) => model !== undefined) : byModel !== undefined;
}

/** Whether some spend of these reports has no model, so that any model may have spent more. */
export function hasSpendWithoutModel(reports: readonly UsageReport[], { key, model }: LookInto): boolean {
  if (!model || model.id === '') return false;
  return lookedAt(reports, { key, model: { id: '', name: '' } }).some(
    ({ total }) => total && total.used !== 0,
  );
}

function partOf(report: UsageReport, { key, model }: LookInto): UsageReport | undefined {
  const isAccount = report.scope.account !== undefined;
  const isWhole = key === undefined || (!isAccount && key.id === report.keyId);
  if (!isWhole && !(isAccount && isOfAccount(key.id, report.keyId))) return undefined;
  if (isWhole && !model) return report;
  const { total: _total, byDay: _byDay, byKey, byModel, timeline, others: _others, ...rest } = report;
  if (timeline) {
    const cells = timeline.cells.filter(
      cell =>
        (isWhole || seriesKeyId(report, cell.key) === key.id) && (!model || (cell.model ?? '') === model.id),
    );
    return { ...rest, timeline: { ...timeline, cells }, total: sumOf(cells) };
  }
  if (model && isWhole) {
    if (byModel) {
      const rows = byModel.filter(({ name }) => name === model.id);
      return { ...rest, byModel: rows, total: sumOf(rows) };
    }
    // A report without models counts as spend of the unknown model.
    if (model.id === '') return report;
  }
  if (!model && byKey) {
    const rows = byKey.filter(({ name }) => seriesKeyId(report, name) === key?.id);
    return { ...rest, byKey: rows, total: sumOf(rows) };
  }
  return { ...rest, coverage: { complete: false, reason: 'not-told' } };
}

function isOfAccount(id: string, accountId: string): boolean {
  return id === accountId || id.startsWith(`${accountId}\n`);
}

function sumOf(parts: readonly UsageTotal[]): UsageTotal {
  return addUp(parts) ?? { used: 0 };
}
