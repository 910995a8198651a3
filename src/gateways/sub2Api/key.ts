import * as v from 'valibot';
import { budgetOfWindows } from '../../core/quota/budgetOfWindows.ts';
import { failed } from '../../core/quota/failure.ts';
import type { Quota, Reading } from '../../core/quota/reading.ts';
import { isSameUnit, round6, type Unit } from '../../core/quota/unit.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, NO_LIMIT_FROM, parseNumber, wireFlag, wireNumber, wireSpent, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { MAX_WINDOWS } from '../maxWindows.ts';
import { quotaInDoubt } from '../quotaInDoubt.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { sanitizeSymbol } from '../site.ts';
import { isObject } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';
import { requestUsage } from './request.ts';
import {
  hasUnreadableRate,
  limitsOf,
  parseSubscription,
  rateWindows,
  subscriptionWindows,
} from './windows.ts';

/** The name under which the wallet is told where a plan would be. */
const WALLET = '钱包余额';
const text = lenient(v.string());
const cost = lenient(v.object({ actual_cost: lenient(wireSpent) }));

const usageSchema = v.object({
  isValid: lenient(wireFlag),
  status: text,
  planName: text,
  remaining: lenient(wireNumber),
  balance: lenient(wireNumber),
  unit: text,
  quota: lenient(
    v.object({
      limit: lenient(wireSpent),
      used: lenient(wireUsed),
      remaining: lenient(wireNumber),
      unit: text,
    }),
  ),
  rate_limits: v.optional(v.unknown()),
  subscription: v.optional(v.unknown()),
  expires_at: v.optional(v.unknown()),
  usage: lenient(v.object({ total: cost })),
});
type KeyUsage = v.InferOutput<typeof usageSchema>;

/**
 * Reads a key by its own limits, its subscription or its user's wallet: the answer tells the one it is paid from, and
 * not the others. A key without a quota of its own does not tell its end, and is called active after it.
 */
export async function readKey(context: GatewayContext): Promise<Reading> {
  const json = await requestUsage(context);
  const parsed = v.safeParse(usageSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const key = parsed.output;
  if (key.isValid === false) throw failed('transient', 'unknown-refusal', { status: 200 });
  if (key.status === 'expired') throw failed('expired', 'past-expiry', { status: 200 });
  const unit = unitOf(key.quota?.unit ?? key.unit);
  const plan = planOf(key);
  const subscription = parseSubscription(key.subscription);
  // Figures in another unit than the quota's cannot stand beside it.
  const told = [key.quota?.unit, key.unit].filter(each => each !== undefined).map(unitOf);
  const isOneUnit = told.every(each => isSameUnit(each, unit));
  const rates = rateWindows(key.rate_limits);
  const windows = [
    ...(isOneUnit ? rates : []),
    ...(subscription && unit.code === 'USD' ? subscriptionWindows(subscription, plan, context) : []),
  ].slice(0, MAX_WINDOWS);
  const balance = key.balance ?? (key.planName === WALLET ? key.remaining : undefined);
  const account = balance === undefined || !isOneUnit ? undefined : { balance };
  const limits = subscription && limitsOf(subscription);
  const quota = quotaOf(key, limits?.every(limit => limit === null) === true);
  // A limit that could not be read may be the one that binds.
  const isLimitMissing =
    isUnreadableQuota(json.quota) ||
    limits?.includes(undefined) === true ||
    hasUnreadableRate(key.rate_limits) ||
    (!isOneUnit && rates.length > 0);
  const isWithoutPlan = plan !== undefined && key.remaining === undefined && subscription === undefined;
  if (!quota && !account && windows.length === 0) throw missingFiguresError(json, 200);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit,
    quota: quotaInDoubt(quota, isLimitMissing),
    account,
    expiresAt: normalizeTime(key.expires_at),
    ...(windows.length > 0 && { windows, budget: budgetOfWindows(windows) }),
    ...(plan !== undefined && {
      plan: { name: plan, expiresAt: normalizeTime(subscription?.expires_at) ?? undefined },
    }),
    // The subscription is over or is not told, so what the key may spend is not known.
    ...(isWithoutPlan
      ? { unreadable: ['plan'] as const }
      : isLimitMissing && { unreadable: ['budget'] as const }),
  };
}

/** The unit that is told beside amounts; dollars where none is. */
export function unitOf(told = ''): Unit {
  const symbol = sanitizeText(told, 20);
  const code = symbol.toUpperCase() || 'USD';
  if (code === 'USD' || code === 'CNY') return { code, source: 'gateway' };
  return { code: 'CUSTOM', symbol: sanitizeSymbol(symbol), source: 'gateway' };
}

/** Whether a cap is told in a form that cannot be read. */
function isUnreadableQuota(wire: unknown): boolean {
  if (!isObject(wire)) return wire !== undefined && wire !== null;
  return wire.limit !== undefined && wire.limit !== null && parseNumber(wire.limit) === undefined;
}

function planOf({ planName }: KeyUsage): string | undefined {
  return planName === undefined || planName === WALLET ? undefined : sanitizeText(planName, 60) || undefined;
}

/** Its own cap. A remaining of −1 stands for a subscription without limits; of a wallet it is a debt. */
function quotaOf(key: KeyUsage, isWithoutAll: boolean): Quota | undefined {
  const { quota, remaining, planName } = key;
  const used = key.usage?.total?.actual_cost;
  if (quota) {
    const { limit } = quota;
    // A limit of 0 means that there is none, or that nothing is told of it.
    if (!limit) return quota.used === undefined ? undefined : { unlimited: false, used: quota.used };
    if (limit >= NO_LIMIT_FROM) return { unlimited: true, used: quota.used };
    // Less than nothing is never told as left, and more than all of it cannot be.
    const isTold = quota.remaining !== undefined && quota.remaining >= 0 && quota.remaining <= limit;
    const rest = quota.used === undefined ? undefined : round6(limit - quota.used);
    return { unlimited: false, granted: limit, used: quota.used, remaining: isTold ? quota.remaining : rest };
  }
  if (planName === undefined || planName === WALLET) return undefined;
  if (isWithoutAll || (key.subscription === undefined && remaining === -1)) return { unlimited: true, used };
  // In the oldest versions it is the least that a period of the subscription leaves.
  if (key.subscription === undefined && remaining !== undefined && remaining >= 0)
    return { unlimited: false, remaining };
  return key.subscription === undefined ? { unlimited: false, used } : undefined;
}
