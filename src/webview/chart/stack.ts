import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import { labelAtStep, labelMaker } from '../../core/usage/spendLabel.ts';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { type Entry, entriesFor } from '../usage/entries.ts';
import type { Section } from '../usage/sections.ts';
import { timeLabels } from './timeLabels.ts';

/** One color of the chart: a key, a model, or the sum of those that are too small for a color of their own. */
interface Series {
  /** The key's or model's id; undefined for the sum of several. */
  readonly id: string | undefined;
  readonly name: string;
  /** The number of its color; undefined for the sum of several. */
  readonly slot: number | undefined;
  readonly total: number;
  /** One for each time; undefined where the source has no figure. */
  readonly values: readonly (number | undefined)[];
  /** How many keys or models it stands for. */
  readonly members: number;
}

/** A chart's figures: series over times. */
export interface Stack {
  readonly step: UsageTimeline['step'];
  readonly times: readonly string[];
  readonly series: readonly Series[];
  /** The sum of all series, one for each time. */
  readonly sums: readonly (number | undefined)[];
  /** The first and last time that every report covers, as indexes. */
  readonly covered: { readonly first: number; readonly last: number };
  /** The times, as indexes, of which a report lacks a part in between. */
  readonly gaps?: ReadonlySet<number>;
  /** The index of the last time that has begun; later ones cannot be covered yet. */
  readonly lastBegun: number;
}

export interface StackOptions {
  readonly by: 'key' | 'model';
  readonly step: UsageTimeline['step'];
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The colors that keys and models have for good, by id. */
  readonly slots?: ReadonlyMap<string, number>;
}

/** As many as people can tell apart; the smallest ones share the last. */
export const MAX_SERIES = 8;

interface Row {
  readonly id: string | undefined;
  readonly name: string;
  total: number;
  readonly values: (number | undefined)[];
  readonly members: number;
}

/** The stacked chart of a section: its biggest keys or models, and the rest as one series. */
export function stackOf(section: Section, { by, step, timeZone, now, slots }: StackOptions): Stack {
  const entries = entriesFor(section, 'time').filter(entry => entry.at !== undefined);
  const times = timesOf(section.reports, entries, step, timeZone);
  const current = labelMaker(step, timeZone)(now);
  const index = new Map(times.map((time, at) => [time, at]));
  const rows = new Map<string, Row>();
  const sums = Array<number | undefined>(times.length).fill(undefined);
  for (const entry of entries) {
    const at = index.get(labelAtStep(entry.at ?? '', step)) ?? 0;
    const row = rowFor(rows, entry, by, times.length);
    row.total += entry.used;
    row.values[at] = (row.values[at] ?? 0) + entry.used;
    sums[at] = (sums[at] ?? 0) + entry.used;
  }
  const sorted = [...rows.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name));
  const shown =
    sorted.length <= MAX_SERIES ? sorted : [...sorted.slice(0, MAX_SERIES - 1), sumOfRest(sorted)];
  return {
    step,
    times,
    series: shown.map((row, at) => ({ ...row, total: exact(row.total), slot: slotOf(row, at, slots) })),
    sums: sums.map(sum => sum && exact(sum)),
    covered: coveredOf(section.reports, times, step, timeZone),
    gaps: gapsOf(section.reports, index, labelMaker(step, timeZone)),
    lastBegun: times.findLastIndex(time => time <= current),
  };
}

/** Where none is known, colors go by size. */
function slotOf({ id }: Row, at: number, slots: StackOptions['slots']): number | undefined {
  return id === undefined ? undefined : (slots?.get(id) ?? at);
}

function rowFor(rows: Map<string, Row>, entry: Entry, by: 'key' | 'model', length: number): Row {
  const id = by === 'key' ? entry.keyId : (entry.model ?? '');
  const existing = rows.get(id);
  if (existing) return existing;
  const name = by === 'key' ? entry.key || l10n.t('(no name)') : entry.model || l10n.t('(unknown model)');
  const row = { id, name, total: 0, values: Array<number | undefined>(length).fill(undefined), members: 1 };
  rows.set(id, row);
  return row;
}

function sumOfRest(sorted: readonly Row[]): Row {
  const small = sorted.slice(MAX_SERIES - 1);
  const values = (small[0]?.values ?? []).map((_, at) =>
    small.reduce<number | undefined>((sum, { values }) => {
      const value = values[at];
      return value === undefined ? sum : (sum ?? 0) + value;
    }, undefined),
  );
  const total = small.reduce((sum, row) => sum + row.total, 0);
  return { id: undefined, name: l10n.t('{0} others', small.length), total, values, members: small.length };
}

/** Every step of the range, and those outside it to which a gateway that counts its own days dated spend. */
function timesOf(
  reports: readonly UsageReport[],
  entries: readonly Entry[],
  step: UsageTimeline['step'],
  timeZone: string,
): readonly string[] {
  const times = new Set(reports[0] ? timeLabels(reports[0].from, reports[0].to, step, timeZone) : []);
  for (const { at } of entries) times.add(labelAtStep(at ?? '', step));
  return [...times].sort();
}

function coveredOf(
  reports: readonly UsageReport[],
  times: readonly string[],
  step: UsageTimeline['step'],
  timeZone: string,
): Stack['covered'] {
  const label = labelMaker(step, timeZone);
  // Most reports begin and end alike.
  const known = new Map<string, number>();
  const indexOf = (moment: string) => {
    const index = known.get(moment) ?? times.indexOf(label(Date.parse(moment)));
    known.set(moment, index);
    return index;
  };
  let [first, last] = [0, times.length - 1];
  for (const { coverage } of reports) {
    if (coverage.from !== undefined) first = Math.max(first, indexOf(coverage.from));
    const end = coverage.to === undefined ? -1 : indexOf(coverage.to);
    if (end >= 0) last = Math.min(last, end);
  }
  return { first, last };
}

function gapsOf(
  reports: readonly UsageReport[],
  index: ReadonlyMap<string, number>,
  label: (at: number) => string,
): ReadonlySet<number> {
  const gaps = new Set<number>();
  for (const { from, to } of reports.flatMap(({ coverage }) => coverage.gaps ?? [])) {
    const last = index.get(label(Date.parse(to) - 1)) ?? index.size - 1;
    for (let at = index.get(label(Date.parse(from))) ?? 0; at <= last; at++) gaps.add(at);
  }
  return gaps;
}

/**
 * The stretches of time that have begun and that not every report covers, each by its first and last time. A time counts
 * as a whole where a part in between is missing.
 */
export function uncoveredStretches({
  covered: { first, last },
  gaps,
  lastBegun,
}: Pick<Stack, 'covered' | 'gaps' | 'lastBegun'>): readonly (readonly [first: number, last: number])[] {
  const stretches: [first: number, last: number][] = [];
  for (let at = 0; at <= lastBegun; at++) {
    if (at >= first && at <= last && !gaps?.has(at)) continue;
    const open = stretches.at(-1);
    if (open?.[1] === at - 1) open[1] = at;
    else stretches.push([at, at]);
  }
  return stretches;
}
