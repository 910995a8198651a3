import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { lenient, wireFlag, wireNumber, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isPathMissing } from '../missingPath.ts';
import { mayBeMissingPath } from '../noteMissingPath.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { PlanNote } from '../siteNotes.ts';
import { normalizeTime } from '../wireTime.ts';
import { requestAccount } from './accountRequest.ts';
import { readPlanNames } from './planNames.ts';
import { missingScopeIn } from './tokenScopes.ts';

const SUBSCRIPTION_PATH = '/api/subscription/self';

const time = v.optional(v.unknown());

const subscriptionSchema = v.object({
  subscription: v.object({
    plan_id: lenient(wireNumber),
    amount_total: wireNumber,
    amount_used: wireSpent,
    status: lenient(v.string()),
    end_time: time,
    next_reset_time: time,
    allow_wallet_overflow: lenient(wireFlag),
  }),
});
const answerSchema = v.object({
  billing_preference: lenient(v.string()),
  subscriptions: v.array(v.unknown()),
});
type AccountPlan = Pick<Reading, 'budget' | 'plan' | 'plans'>;
type Subscription = v.InferOutput<typeof subscriptionSchema>['subscription'];

/**
 * The account's active subscriptions: `GET /api/subscription/self` (New API ≥ 0.10.9;
 * `data.subscriptions[].subscription.amount_total`, `amount_used` in raw units, `end_time`, `next_reset_time`
 * in epoch seconds). An account with one may have an empty wallet and is not used up.
 * @throws GatewayError where they cannot be read and the wallet (`balance`, in the display unit) is empty.
 */
export async function readAccountPlan(
  context: GatewayContext,
  scale: Scale,
  balance: number | undefined,
): Promise<AccountPlan & Pick<Reading, 'missingScopes'>> {
  if (context.site?.lineage !== 'newApi' || isPathMissing(context, SUBSCRIPTION_PATH)) return {};
  try {
    const { payload } = await requestAccount(context, SUBSCRIPTION_PATH);
    const parsed = v.safeParse(answerSchema, payload);
    if (!parsed.success) throw failed('unexpected', 'missing-figures');
    return await planOf(parsed.output, context, scale, balance);
  } catch (error) {
    // With money in the wallet the account is right without its plans; with none it would be wrong.
    if (!(error instanceof GatewayError) || ((balance ?? 0) <= 0 && !mayBeMissingPath(error.failure)))
      throw error;
    const scope = missingScopeIn(error);
    return scope === undefined ? {} : { missingScopes: [scope] };
  }
}

async function planOf(
  { subscriptions, billing_preference }: v.InferOutput<typeof answerSchema>,
  context: GatewayContext,
  scale: Scale,
  balance: number | undefined,
): Promise<AccountPlan> {
  if (billing_preference === 'wallet_only') return {};
  const active = subscriptions.flatMap(wire => activeSubscription(wire, context.now()));
  if (active.length === 0) return {};
  // New API sends 0 for no limit; a negative one is none either.
  const total = active.some(({ amount_total }) => amount_total <= 0)
    ? null
    : sum(active.map(({ amount_total }) => amount_total));
  const used = sum(active.map(({ amount_used }) => amount_used));
  const notes = await readPlanNames(context, [...new Set(active.flatMap(({ plan_id }) => plan_id ?? []))]);
  const plans = active.map(each => windowOf(each, notes, scale));
  const titles = active.flatMap(({ plan_id = -1 }) => notes.get(plan_id)?.title || []);
  const plan = {
    ...(titles.length > 0 && { name: [...new Set(titles)].join(', ') }),
    status: sanitizeText(active[0]?.status ?? 'active', 30),
    expiresAt: latest(active.map(({ end_time }) => normalizeTime(end_time))),
  };
  const allowsWallet = active.every(each => each.allow_wallet_overflow !== false);
  const walletPays = allowsWallet && billing_preference !== 'subscription_only' && (balance ?? 0) > 0;
  if (total !== null && used >= total && walletPays) return { plan, plans };
  const [every, ...otherPeriods] = new Set(plans.map(each => each.every));
  const budget = {
    spent: amountOf(used, scale),
    limit: total === null ? null : amountOf(total, scale),
    resetsAt: earliest(active.map(({ next_reset_time }) => normalizeTime(next_reset_time))),
    ...(every !== undefined && otherPeriods.length === 0 && { every }),
  };
  return plans.length > 1 ? { budget, plan, plans } : { budget, plan };
}

const PERIOD_NAMES: ReadonlyMap<string, string> = new Map([
  ['1d', 'day'],
  ['7d', 'week'],
  ['1mo', 'month'],
]);

/** One plan with its own quota. */
function windowOf(
  { plan_id, amount_total, amount_used, next_reset_time }: Subscription,
  notes: ReadonlyMap<number, PlanNote>,
  scale: Scale,
): QuotaWindow {
  const { title, every } = notes.get(plan_id ?? -1) ?? {};
  const resetsAt = normalizeTime(next_reset_time);
  return {
    name: PERIOD_NAMES.get(every ?? '') ?? every ?? 'total',
    scope: 'plan',
    scopeName: title || (plan_id === undefined ? undefined : `#${plan_id}`),
    used: amountOf(amount_used, scale),
    limit: amount_total <= 0 ? null : amountOf(amount_total, scale),
    unit: 'money',
    ...(typeof resetsAt === 'string' && { resetsAt }),
    ...(every !== undefined && { every }),
  };
}

function activeSubscription(wire: unknown, now: number): Subscription[] {
  const parsed = v.safeParse(subscriptionSchema, wire);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const { subscription } = parsed.output;
  const end = normalizeTime(subscription.end_time);
  const isOver = typeof end === 'string' && Date.parse(end) <= now;
  if (isOver) return [];
  const status = subscription.status?.trim().toLowerCase() ?? RUNNING;
  if (status === RUNNING) return [subscription];
  // The meaning of any other word is not known; it must not count as “no plan”.
  if (!ENDED_STATUSES.has(status)) throw failed('unexpected', 'missing-figures');
  return [];
}

const RUNNING = 'active';
const ENDED_STATUSES: ReadonlySet<string> = new Set([
  'expired',
  'cancelled',
  'canceled',
  'inactive',
  'ended',
]);

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

function earliest(times: readonly (string | null | undefined)[]): string | undefined {
  return times.filter(each => typeof each === 'string').sort()[0];
}

/** The latest of the times; undefined where one never ends. */
function latest(times: readonly (string | null | undefined)[]): string | undefined {
  const dated = times.filter(each => typeof each === 'string').sort();
  return dated.length === times.length ? dated.at(-1) : undefined;
}
