import * as v from 'valibot';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import { round6 } from '../../core/quota/unit.ts';
import { lenient, NO_LIMIT_FROM, wireNumber, wireRate, wireSpent, wireUsed } from '../fields.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';

const text = lenient(v.string());
const time = v.optional(v.unknown());

/** null: no cap; undefined: not told, or a number below 0, which is no amount. */
const wireCap = lenient(
  v.nullable(
    v.pipe(
      wireSpent,
      v.transform(cap => (cap >= NO_LIMIT_FROM ? null : cap)),
    ),
  ),
);

const capSchema = v.object({
  max_budget: wireCap,
  budget_duration: text,
  budget_reset_at: time,
  rpm_limit: lenient(wireRate),
  tpm_limit: lenient(wireRate),
});
/** An amount by which a cap is raised, or lowered; 999999999 is none. */
const wireRaise = v.pipe(
  wireNumber,
  v.check(amount => amount < NO_LIMIT_FROM),
);
const limitedSchema = v.object({
  spend: lenient(wireUsed),
  metadata: lenient(v.object({ temp_budget_increase: lenient(wireRaise), temp_budget_expiry: time })),
});

/** The cap of a key, a team or a user, which may reset. */
export interface Cap {
  /** null: none; undefined: not known. */
  readonly limit: number | null | undefined;
  /** What counts against it. */
  readonly spent: number | undefined;
  /** As the gateway writes it; undefined for a cap that stays. */
  readonly every: string | undefined;
  readonly resetsAt: string | undefined;
  readonly rpm: number | undefined;
  readonly tpm: number | undefined;
}

/** Reads a cap: its own, or that of its budget; where there are both, the smaller one. */
export function capOf(wire: Json, now: number): Cap {
  const own = v.parse(capSchema, wire);
  const table = tableOf(wire.litellm_budget_table);
  const { spend: spent, metadata } = v.parse(limitedSchema, wire);
  const [limit, by] = smaller(own, table);
  const raise = raiseOf(metadata, now);
  const every = by.budget_duration === undefined ? undefined : sanitizeText(by.budget_duration, 20);
  return {
    limit: typeof limit === 'number' ? round6(limit + raise) : limit,
    spent,
    every: every || undefined,
    resetsAt: normalizeTime(by.budget_reset_at) ?? undefined,
    rpm: own.rpm_limit ?? table.rpm_limit,
    tpm: own.tpm_limit ?? table.tpm_limit,
  };
}

type WireCap = v.InferOutput<typeof capSchema>;

const NO_TABLE = { max_budget: null, budget_reset_at: undefined } as WireCap;

/** The members are undefined where there is a budget that cannot be read: then there may be a cap. */
function tableOf(wire: unknown): WireCap {
  if (wire === undefined || wire === null) return NO_TABLE;
  const parsed = v.safeParse(capSchema, wire);
  return parsed.success ? parsed.output : { ...NO_TABLE, max_budget: undefined };
}

function smaller(own: WireCap, table: WireCap): [number | null | undefined, WireCap] {
  if (own.max_budget === undefined || table.max_budget === undefined) return [undefined, own];
  if (table.max_budget === null) return [own.max_budget, own];
  const isTable = own.max_budget === null || table.max_budget < own.max_budget;
  return isTable ? [table.max_budget, table] : [own.max_budget, own];
}

/** The amount by which a cap is raised for a while. */
function raiseOf(metadata: v.InferOutput<typeof limitedSchema>['metadata'], now: number): number {
  const until = normalizeTime(metadata?.temp_budget_expiry);
  return typeof until === 'string' && Date.parse(until) > now ? (metadata?.temp_budget_increase ?? 0) : 0;
}

/** The window of a cap above the key, or of one that resets; none without a cap that is known. */
export function capWindows(cap: Cap, above: Pick<QuotaWindow, 'scope' | 'scopeName'> = {}): QuotaWindow[] {
  const { limit, spent, every, resetsAt } = cap;
  if (typeof limit !== 'number' || (every === undefined && above.scope === undefined)) return [];
  return [windowOf(every, limit, spent, resetsAt, above)];
}

function windowOf(
  every: string | undefined,
  limit: number,
  spent: number | undefined,
  resetsAt: string | undefined,
  above: Pick<QuotaWindow, 'scope' | 'scopeName'>,
): QuotaWindow {
  return {
    name: every ? (PERIODS.get(every) ?? every) : 'total',
    ...above,
    used: spent,
    limit,
    remaining: spent === undefined ? undefined : round6(limit - spent),
    unit: 'money',
    resetsAt,
    every,
  };
}

/** A month may also be thirty days, by version, so that `30d` keeps its name. */
const PERIODS: ReadonlyMap<string, string> = new Map([
  ['24h', 'day'],
  ['1d', 'day'],
  ['7d', 'week'],
  ['1mo', 'month'],
]);

const budgetLimitSchema = v.object({ budget_duration: v.string(), max_budget: wireCap, reset_at: time });
const modelLimitSchema = v.object({
  budget_limit: wireCap,
  max_budget: wireCap,
  time_period: text,
  budget_duration: text,
});
const useSchema = v.object({ current_spend: wireUsed });

/** Several budgets at once, each with a period of its own. What was spent of them only newer versions tell. */
export function budgetWindows(
  wire: Json,
  above: Pick<QuotaWindow, 'scope' | 'scopeName'> = {},
): QuotaWindow[] {
  const rows = Array.isArray(wire.budget_limits) ? wire.budget_limits : [];
  return rows.flatMap(row => {
    const parsed = v.safeParse(budgetLimitSchema, row);
    if (!parsed.success) return [];
    const { budget_duration: duration, max_budget: limit, reset_at } = parsed.output;
    if (typeof limit !== 'number') return [];
    const spent = useOf(wire.budget_limits_usage, duration);
    const resetsAt = normalizeTime(reset_at) ?? undefined;
    return [windowOf(sanitizeText(duration, 20), limit, spent, resetsAt, above)];
  });
}

/** Whether there are several budgets, of which one cannot be read. */
export function hasUnreadableBudget({ budget_limits: wire }: Json): boolean {
  if (!Array.isArray(wire)) return Object.keys(Object(wire)).length > 0;
  return wire.some(row => {
    const parsed = v.safeParse(budgetLimitSchema, row);
    return !parsed.success || parsed.output.max_budget === undefined;
  });
}

/** Budgets of single models. */
export function modelWindows(wire: Json): QuotaWindow[] {
  return entriesOf(wire.model_max_budget).flatMap(([model, row]) => {
    const parsed = v.safeParse(modelLimitSchema, row);
    if (!parsed.success) return [];
    const limit = parsed.output.budget_limit ?? parsed.output.max_budget;
    const duration = parsed.output.time_period ?? parsed.output.budget_duration;
    if (typeof limit !== 'number') return [];
    const every = duration === undefined ? undefined : sanitizeText(duration, 20);
    const above = { scope: 'model', scopeName: sanitizeText(model, 100) } as const;
    return [windowOf(every, limit, useOf(wire.model_max_budget_usage, model), undefined, above)];
  });
}

function useOf(wire: unknown, name: string): number | undefined {
  const found = entriesOf(wire).find(([each]) => each === name)?.[1];
  const parsed = v.safeParse(useSchema, found);
  return parsed.success ? parsed.output.current_spend : undefined;
}

function entriesOf(wire: unknown): readonly (readonly [string, unknown])[] {
  return typeof wire === 'object' && wire !== null && !Array.isArray(wire) ? Object.entries(wire) : [];
}
