import type { Unit } from '../quota/unit.ts';
import type { Coverage } from './coverage.ts';

/** What was spent under one name: a day, a key, or a model. Amounts in the usage's unit. */
export interface UsageRow {
  readonly name: string;
  readonly used: number;
  readonly requests?: number;
  readonly tokens?: number;
}

/** A sum of spend, in the usage's unit. */
export interface UsageTotal {
  readonly used: number;
  readonly requests?: number;
  readonly tokens?: number;
}

/** Spend at one time under one key and model. `at` is a day, or an hour of it: `2026-06-01T14:00`. */
export interface UsageCell extends UsageTotal {
  readonly at: string;
  readonly key?: string;
  readonly model?: string;
}

/** The steps of a timeline. */
export const TIMELINE_STEPS = ['day', 'hour'] as const;

/** Spend over time, by the finest step that the source has. */
export interface UsageTimeline {
  readonly step: (typeof TIMELINE_STEPS)[number];
  readonly cells: readonly UsageCell[];
}

/** Sources of spend: the gateway's own sums, its log, our recorded readings, or what gateways told earlier. */
export const USAGE_SOURCES = ['gateway', 'logs', 'recorded', 'ledger'] as const;

/** One of `USAGE_SOURCES`. */
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
