import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { isoTime, lenient, plainText, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isKnownToLack, mayLack } from '../siteNotes.ts';
import { accountPayload } from './accountRequest.ts';

const SUBSCRIPTION = '/api/subscription/self';

const time = v.optional(v.unknown());

const subscriptionSchema = v.object({
  subscription: v.object({
    amount_total: wireNumber,
    amount_used: wireNumber,
    status: lenient(v.string()),
    end_time: time,
    next_reset_time: time,
    allow_wallet_overflow: lenient(v.boolean()),
  }),
});
const answerSchema = v.object({
  billing_preference: lenient(v.string()),
  // Go sends a list without members as null, too.
  subscriptions: v.nullable(v.array(v.unknown())),
});
type Subscription = v.InferOutput<typeof subscriptionSchema>['subscription'];

/**
 * What an account's running plans still give, `GET /api/subscription/self`, from 0.10.9 on: an account that lives
 * by a plan has an empty wallet and is not used up. Where the plans are used up and the wallet pays on, it is the
 * wallet that counts. Trouble here takes nothing from what is known of an account with money in its wallet; of one
 * without, plans that cannot be read are not "no plans".
 */
export async function readAccountPlan(
  context: GatewayContext,
  scale: Scale,
  balance: number | undefined,
): Promise<Pick<Reading, 'budget' | 'plan'>> {
  if (context.site?.lineage !== 'newApi' || isKnownToLack(context, SUBSCRIPTION)) return {};
  try {
    const { payload } = await accountPayload(context, SUBSCRIPTION);
    const parsed = v.safeParse(answerSchema, payload);
    if (!parsed.success) throw failed('unexpected', 'missing-figures');
    return planOf(parsed.output, context, scale, balance);
  } catch (error) {
    // Without its plans an account with money in its wallet is told rightly, and one without wrongly.
    if (!(error instanceof GatewayError) || ((balance ?? 0) <= 0 && !mayLack(error.failure))) throw error;
    return {};
  }
}

function planOf(
  { subscriptions, billing_preference }: v.InferOutput<typeof answerSchema>,
  context: GatewayContext,
  scale: Scale,
  balance: number | undefined,
): Pick<Reading, 'budget' | 'plan'> {
  if (billing_preference === 'wallet_only') return {};
  const running = (subscriptions ?? []).flatMap(wire => runningIn(wire, context.now()));
  if (running.length === 0) return {};
  const total = running.some(({ amount_total }) => amount_total === 0)
    ? null
    : sum(running.map(({ amount_total }) => amount_total));
  const used = sum(running.map(({ amount_used }) => amount_used));
  const plan = {
    status: plainText(running[0]?.status ?? 'active', 30),
    expiresAt: latest(running.map(({ end_time }) => isoTime(end_time))),
  };
  const goesOn = running.every(each => each.allow_wallet_overflow !== false);
  const walletPays = goesOn && billing_preference !== 'subscription_only' && (balance ?? 0) > 0;
  if (total !== null && used >= total && walletPays) return { plan };
  const budget = {
    spent: amountOf(used, scale),
    limit: total === null ? null : amountOf(total, scale),
    resetsAt: earliest(running.map(({ next_reset_time }) => isoTime(next_reset_time))),
  };
  return { budget, plan };
}

function runningIn(wire: unknown, now: number): Subscription[] {
  const parsed = v.safeParse(subscriptionSchema, wire);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const { subscription } = parsed.output;
  const end = isoTime(subscription.end_time);
  const isOver = typeof end === 'string' && Date.parse(end) <= now;
  return isOver || (subscription.status ?? 'active') !== 'active' ? [] : [subscription];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

function earliest(times: readonly (string | null | undefined)[]): string | undefined {
  return times.filter(each => typeof each === 'string').sort()[0];
}

/** Undefined where one of them never ends. */
function latest(times: readonly (string | null | undefined)[]): string | undefined {
  const known = times.filter(each => typeof each === 'string').sort();
  return known.length === times.length ? known.at(-1) : undefined;
}
