import * as v from 'valibot';
import { GatewayError } from '../../core/quota/failure.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import { parseRows } from '../envelope.ts';
import { lenient, parseNumber, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isPathMissing } from '../missingPath.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { PlanNote } from '../siteNotes.ts';
import { requestAccount } from './accountRequest.ts';

const PATH = '/api/subscription/plans';
/** The most plans that are noted for a site. */
const MAX_NOTED = 50;
const [HOUR_SECONDS, DAY_SECONDS] = [3600, 86_400];

const text = lenient(v.string());
const planSchema = v.object({
  plan: v.object({
    id: wireNumber,
    title: text,
    quota_reset_period: text,
    quota_reset_custom_seconds: lenient(wireNumber),
  }),
});
type Plan = v.InferOutput<typeof planSchema>['plan'];

/**
 * What plans are called, by their numbers: `GET /api/subscription/plans`, `data[].plan`, which has those on offer. Asked
 * once a day and site, and again for a plan that is new; without an answer plans have no names.
 */
export async function readPlanNames(
  context: GatewayContext,
  ids: readonly number[],
): Promise<ReadonlyMap<number, PlanNote>> {
  const noted = () => context.notes?.().plans ?? {};
  const isKnown = (id: number) => {
    const age = context.now() - (parseNumber(noted()[id]?.at) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < DAY_MS;
  };
  if (!ids.every(isKnown) && !isPathMissing(context, PATH)) await notePlans(context, ids, noted());
  return new Map(ids.flatMap(id => (isKnown(id) && noted()[id] ? [[id, noted()[id] as PlanNote]] : [])));
}

async function notePlans(
  context: GatewayContext,
  ids: readonly number[],
  before: Readonly<Record<string, PlanNote>>,
): Promise<void> {
  try {
    const { data } = await requestAccount(context, PATH);
    const at = context.now();
    const offered = parseRows(data).flatMap(row =>
      v.is(planSchema, row) ? [v.parse(planSchema, row).plan] : [],
    );
    const told = new Map(offered.map(plan => [plan.id, noteOf(plan, at)]));
    const found = ids.map(id => [String(id), told.get(id) ?? { title: '', at }] as const);
    const others = Object.entries(before).filter(([id]) => !ids.includes(Number(id)));
    context.note?.({ plans: Object.fromEntries([...others.slice(-MAX_NOTED), ...found]) });
  } catch (error) {
    // The figures are right without names, which are asked for again in an hour.
    if (!(error instanceof GatewayError)) throw error;
    const at = context.now() - DAY_MS + HOUR_MS;
    const unnamed = ids.map(
      id => [String(id), { ...before[id], title: before[id]?.title ?? '', at }] as const,
    );
    context.note?.({ plans: { ...before, ...Object.fromEntries(unnamed) } });
  }
}

function noteOf(plan: Plan, at: number): PlanNote {
  const every = periodOf(plan);
  return { title: sanitizeText(plan.title ?? '', 60), ...(every !== undefined && { every }), at };
}

function periodOf({ quota_reset_period, quota_reset_custom_seconds: seconds = 0 }: Plan): string | undefined {
  switch (quota_reset_period) {
    case 'daily':
      return '1d';
    case 'weekly':
      return '7d';
    case 'monthly':
      return '1mo';
    case 'custom':
      if (seconds > 0 && seconds % DAY_SECONDS === 0) return `${seconds / DAY_SECONDS}d`;
      return seconds > 0 && seconds % HOUR_SECONDS === 0 ? `${seconds / HOUR_SECONDS}h` : undefined;
    default:
      return undefined;
  }
}
