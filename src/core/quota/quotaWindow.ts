import { type FigureUnit, round6, type Unit } from './unit.ts';

/** What a quota window can be counted in; `money` is in the reading's unit. */
export const WINDOW_UNITS = ['money', 'tokens', 'requests', 'percent'] as const;

/** What a quota window can limit besides the key itself: calls of some models or tools, or all that stands above the key. */
export const WINDOW_SCOPES = [
  'model',
  'tools',
  'owner',
  'team',
  'organization',
  'project',
  'workspace',
  'guardrail',
  'subscription',
  'plan',
] as const;

export type WindowScope = (typeof WINDOW_SCOPES)[number];

/** An amount per period that a gateway limits. Absent means the gateway did not say. */
export interface QuotaWindow {
  /**
   * As it may be shown: `5h`, `30d`, a model's name. `day`, `week` and `month` are shown in the display language, and
   * `total` is a limit without a period.
   */
  readonly name: string;
  /** Absent: the key itself. */
  readonly scope?: WindowScope;
  /** The name of what it limits, where it has one. */
  readonly scopeName?: string;
  readonly used?: number;
  /** null: no cap. */
  readonly limit?: number | null;
  /** May be negative: a gateway that bills afterwards lets a key overshoot. */
  readonly remaining?: number;
  readonly unit: (typeof WINDOW_UNITS)[number];
  /** ISO 8601. */
  readonly resetsAt?: string;
  /** As the gateway writes it, for example `30d` or `5h`. */
  readonly every?: string;
}

const WHOLE_PERCENT = 100;

/** What a window's amounts are counted in. */
export function unitOfWindow({ unit }: QuotaWindow, money: Unit): FigureUnit {
  if (unit === 'money') return money;
  const code = unit.toUpperCase() as Uppercase<typeof unit>;
  return { code, source: 'gateway' };
}

/** A window's limit: null for none, undefined where nobody knows. Per cent are of 100. */
export function limitOf({ limit, unit }: QuotaWindow): number | null | undefined {
  return limit === undefined && unit === 'percent' ? WHOLE_PERCENT : limit;
}

/** What is left of a window: as told, else what its limit and what was used leave. Undefined without a limit. */
export function remainingOf(window: QuotaWindow): number | undefined {
  const limit = limitOf(window);
  if (typeof limit !== 'number') return undefined;
  const left = window.remaining ?? (window.used === undefined ? undefined : round6(limit - window.used));
  // Some gateways write more than 100 per cent where nothing is left.
  return left !== undefined && window.unit === 'percent' ? Math.max(0, left) : left;
}

/** Whether a limit stops the whole key once it is used up; one of some models or tools leaves the others. */
export function isOfWholeKey({ scope }: QuotaWindow): boolean {
  return scope !== 'model' && scope !== 'tools';
}

/** A name for a window that stays the same from one period to the next: in marks, and to compare figures by. */
export function windowId({ name, scope, scopeName = '', unit }: QuotaWindow): string {
  return [scope ?? 'key', scopeName, name, unit].join(' ');
}
