import type { UsageTimeline } from '../usage/usage.ts';
import type { UsageReport } from '../usage/usageReport.ts';

/** The number of the color that a key or a model has for good, from 0 on, by its id. */
export interface SeriesSlots {
  readonly keys: readonly (readonly [id: string, slot: number])[];
  readonly models: readonly (readonly [id: string, slot: number])[];
}

/** The keys and models of some reports by their ids, those that spent most first. */
export interface SeriesIds {
  readonly keys: readonly string[];
  readonly models: readonly string[];
}

/** The id of a key in charts and tables: an account's keys are told apart by the gateway's name. */
export function seriesKeyId({ scope, keyId }: Pick<UsageReport, 'scope' | 'keyId'>, name?: string): string {
  return scope.account === undefined || name === undefined ? keyId : `${keyId}\n${name}`;
}

/** The ids of all keys and models that a chart of these reports may show. */
export function seriesIdsOf(reports: readonly UsageReport[]): SeriesIds {
  const keys = new Map<string, number>();
  const models = new Map<string, number>();
  const add = (sums: Map<string, number>, id: string, used: number) =>
    sums.set(id, (sums.get(id) ?? 0) + used);
  for (const report of reports) {
    const { timeline, total, scope } = report;
    // All of a key's figures belong to it, so its cells need not be looked at one by one.
    if (!timeline || (total && scope.account === undefined)) add(keys, seriesKeyId(report), total?.used ?? 0);
    else for (const { key, used } of timeline.cells) add(keys, seriesKeyId(report, key), used);
    if (timeline) for (const { name, used } of modelsOf(report, timeline)) add(models, name, used);
  }
  return { keys: biggestFirst(keys), models: biggestFirst(models) };
}

/** What was spent by model: there are fewer rows than cells. */
function modelsOf(
  { byModel }: UsageReport,
  { cells }: UsageTimeline,
): readonly { readonly name: string; readonly used: number }[] {
  if (byModel) return byModel.filter(({ name }) => name !== '');
  return cells.flatMap(({ model, used }) => (model === undefined ? [] : [{ name: model, used }]));
}

function biggestFirst(sums: ReadonlyMap<string, number>): readonly string[] {
  return [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([id]) => id);
}
