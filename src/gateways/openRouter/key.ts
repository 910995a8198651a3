import * as v from 'valibot';
import { budgetOfWindows } from '../../core/quota/budgetOfWindows.ts';
import { failed } from '../../core/quota/failure.ts';
import type { Quota, Reading } from '../../core/quota/reading.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireFlag, wireNumber, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';
import {
  budgetWindows,
  capWindow,
  distinctWindows,
  freeModelWindow,
  hasUnreadableBudget,
  leftOf,
  wireCap,
} from './limits.ts';
import { requestJson } from './request.ts';

const keySchema = v.looseObject({
  limit: wireCap,
  limit_remaining: lenient(wireNumber),
  limit_reset: lenient(v.string()),
  usage: lenient(wireUsed),
  is_management_key: lenient(wireFlag),
  is_provisioning_key: lenient(wireFlag),
  expires_at: v.optional(v.unknown()),
  free_model_daily_requests: v.optional(v.unknown()),
});

type Key = v.InferOutput<typeof keySchema>;

/**
 * `GET /api/v1/key`: the key that asks. `usage` is of its whole life, so that with a cap that resets it says nothing
 * of what is left. What the account has is not in it, and `label` is a part of the key.
 */
export async function readKey(context: GatewayContext): Promise<Reading> {
  const json = await requestJson(context, { path: '/api/v1/key', limiter: 'key', short: true });
  const parsed = v.safeParse(keySchema, json.data);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const key = {
    ...parsed.output,
    limit_remaining: leftOf(parsed.output.limit, parsed.output.limit_remaining),
  };
  // A management key calls no model; it opens the account.
  if (key.is_management_key ?? key.is_provisioning_key) throw failed('bad-key', 'wrong-credential');
  // A budget that cannot be read may be what binds.
  const isKnown = !hasUnreadableBudget(json.data as Json);
  const quota = quotaOf(key, isKnown);
  const windows = windowsOf(key, context.now());
  if (quota === undefined && windows.length === 0) throw missingFiguresError(json, 200);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    quota,
    expiresAt: normalizeTime(key.expires_at ?? undefined) ?? (key.expires_at === null ? null : undefined),
    ...(windows.length > 0 && { windows, budget: budgetOfWindows(windows) }),
    ...(!isKnown && { unreadable: ['budget'] as const }),
  };
}

/** The key's own cap. One that resets is a window instead. */
function quotaOf(
  { limit, limit_remaining: remaining, limit_reset: reset, usage: used }: Key,
  isKnown: boolean,
): Quota | undefined {
  if (limit === undefined) return used === undefined ? undefined : { unlimited: false, used };
  if (limit === null || reset !== undefined)
    return used === undefined && limit === null ? undefined : { unlimited: isKnown, used };
  if (remaining === undefined && used === undefined) return undefined;
  return { unlimited: false, granted: limit, used, remaining };
}

function windowsOf(key: Key, now: number): Reading['windows'] & {} {
  const { limit, limit_remaining: remaining, limit_reset: reset } = key;
  const cap =
    typeof limit === 'number' && reset !== undefined ? [capWindow(reset, limit, remaining, now)] : [];
  return distinctWindows([
    ...cap,
    ...budgetWindows(key, now),
    ...freeModelWindow(key.free_model_daily_requests),
  ]);
}
