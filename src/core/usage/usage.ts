import type { Unit } from '../quota/unit.ts';
import { SECOND_MS } from '../time.ts';

/** What was spent under one name: a day, a key, or a model. Amounts in the usage's unit. */
export interface UsageRow {
  readonly name: string;
  readonly used: number;
  readonly requests?: number;
  readonly tokens?: number;
}

export interface UsageTotal {
  readonly used: number;
  readonly requests?: number;
  readonly tokens?: number;
}

/** Which part of the range the figures really cover. */
export interface Coverage {
  readonly complete: boolean;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  /** Why it is not complete, or what to know about its days; a word of a closed set. */
  readonly reason?: CoverageReason;
  /** Present where a part of the range is missing, beside figures that another scale makes uncertain. */
  readonly partial?: true;
}

/** Why figures are not complete, or what to know about their days. */
export const COVERAGE_REASONS = [
  /** Only the key's last rows can be read, and they begin later than the range. */
  'last-rows',
  /** Days are the gateway's own; it does not say in which time zone. */
  'gateway-days',
  /** The gateway stopped answering half-way. */
  'broke-off',
  /** The pages repeated or went on without end. */
  'endless',
  /** Rows came or went while the log was read, in a way that cannot be made out. */
  'changed',
  /** The log has no rows at all, which one that is not kept has not either. */
  'empty-log',
  /** What the source says is contradicted by what else is known. */
  'contradicted',
  /** The scale, rate or unit is another than within the range, and all of it is told by the one of now. */
  'scale-changed',
  /** It was asked for and not told. */
  'not-told',
  /** Some rows were not of a form that can be read, and their spend is missing. */
  'unreadable-rows',
  /** The source counts whole hours, and the range begins or ends within one. */
  'whole-hours',
  /** Hours still being summed up by the gateway are missing. */
  'not-yet-summed',
  /** We had begun to record only later, or had gaps. */
  'recorded-gaps',
  /** Its unit, scale or secret changed, and what was spent across the change is not known. */
  'recorded-anew',
  /** Old readings are merged, and the range begins or ends within one. */
  'recorded-merged',
] as const;

export type CoverageReason = (typeof COVERAGE_REASONS)[number];

/** A range up to now ends with the last second that a gateway has surely written; this long before it ends, it is whole. */
export const COMPLETE_SLACK_MS = 5 * SECOND_MS;

/** Coverage by a list of which so many rows could not be read: their spend is in no figure. */
export function withUnreadableRows(coverage: Coverage, unreadable: number): Coverage {
  if (unreadable === 0) return coverage;
  const isMinor = coverage.complete || coverage.reason === 'not-yet-summed';
  return { ...coverage, complete: false, reason: isMinor ? 'unreadable-rows' : coverage.reason };
}

/** Spend at one time under one key and model. `at` is a day, or an hour of it: `2026-06-01T14:00`. */
export interface UsageCell extends UsageTotal {
  readonly at: string;
  readonly key?: string;
  readonly model?: string;
}

export const TIMELINE_STEPS = ['day', 'hour'] as const;

/** Spend over time, as fine as its source tells. */
export interface UsageTimeline {
  readonly step: (typeof TIMELINE_STEPS)[number];
  readonly cells: readonly UsageCell[];
}

/** Where figures of spend come from: the gateway's own sums, its log, or what was recorded here. */
export const USAGE_SOURCES = ['gateway', 'logs', 'recorded'] as const;

export type UsageSource = (typeof USAGE_SOURCES)[number];

/** What was spent in a range, from one source. Parts a source cannot tell are absent. */
export interface Usage {
  readonly unit: Unit;
  readonly total?: UsageTotal;
  /** Names are days: `2026-06-01`. */
  readonly byDay?: readonly UsageRow[];
  readonly byKey?: readonly UsageRow[];
  readonly byModel?: readonly UsageRow[];
  readonly timeline?: UsageTimeline;
  readonly coverage: Coverage;
  readonly source: UsageSource;
}
