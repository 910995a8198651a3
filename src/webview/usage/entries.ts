import { seriesKeyId } from '../../core/panels/seriesSlots.ts';
import { knownTotal } from '../../core/usage/knownTotal.ts';
import type { UsageRow, UsageTimeline, UsageTotal } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { scopeName } from '../../text/usage.ts';
import type { Section } from './sections.ts';

/** Spend with everything that its source says about it; other members are absent. */
export interface Entry extends UsageTotal {
  /** The label of a day or an hour. */
  readonly at?: string;
  /** Tells keys of the same name apart. */
  readonly keyId: string;
  readonly key: string;
  readonly model?: string;
}

/** The step of a section's times: an hour only if every report with times has hours. */
export function stepOf({ reports }: Section): UsageTimeline['step'] | undefined {
  const steps = reports.flatMap(({ timeline, byDay }) => timeline?.step ?? (byDay ? ('day' as const) : []));
  return steps.length === 0 ? undefined : steps.every(step => step === 'hour') ? 'hour' : 'day';
}

export type Part = 'time' | 'key' | 'model';

/**
 * The most detailed entries of one part of a section. What no row of a report accounts for is in one entry without that
 * part, so that the entries of every part add up to the total.
 */
export function entriesFor(section: Section, part: Part): readonly Entry[] {
  return section.reports.flatMap(report => reportEntries(report, part));
}

function reportEntries(report: UsageReport, part: Part): readonly Entry[] {
  if (report.timeline) return timelineEntries(report, report.timeline);
  const rows = rowsOf(report, part);
  if (rows) return rows;
  const total = knownTotal(report);
  return total ? [{ ...total, ...keyOf(report) }] : [];
}

/** Cached, since timelines may be long and each part needs them. */
const timelines = new WeakMap<UsageReport, readonly Entry[]>();

function timelineEntries(report: UsageReport, { cells }: UsageTimeline): readonly Entry[] {
  const known = timelines.get(report);
  if (known) return known;
  // The keys are few, and the cells many.
  const keys = new Map<string | undefined, Pick<Entry, 'keyId' | 'key'>>();
  const entries = cells.map(cell => {
    const known = keys.get(cell.key) ?? keyOf(report, cell.key);
    keys.set(cell.key, known);
    const { keyId, key } = known;
    return { ...cell, keyId, key };
  });
  timelines.set(report, entries);
  return entries;
}

function rowsOf(report: UsageReport, part: Part): readonly Entry[] | undefined {
  const bare = ({ name: _name, ...sums }: UsageRow) => sums;
  switch (part) {
    case 'time':
      return report.byDay?.map(row => ({ ...bare(row), at: row.name, ...keyOf(report) }));
    case 'key':
      return report.byKey?.map(row => ({ ...bare(row), ...keyOf(report, row.name) }));
    case 'model':
      return report.byModel?.map(row => ({ ...bare(row), model: row.name, ...keyOf(report) }));
  }
}

/** A key has the user's own name for it; an account's keys have the gateway's, where it gives one. */
function keyOf(report: UsageReport, name?: string): Pick<Entry, 'keyId' | 'key'> {
  const isOwn = report.scope.account === undefined || name === undefined;
  return { keyId: seriesKeyId(report, name), key: isOwn ? scopeName(report) : name };
}
