import * as v from 'valibot';
import { type FailureClass, failed, GatewayError } from '../../core/quota/failure.ts';
import type { Account, Counted, CountedReading, Reading } from '../../core/quota/reading.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { lenient, parseNumber, wireCount, wireNumber, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';
import { readAccountPlan } from './accountPlan.ts';
import { requestAccount } from './accountRequest.ts';
import { readKeyList } from './keyList.ts';
import { missingScopeIn, withMissingScopes } from './tokenScopes.ts';

const text = lenient(v.string());

const userSchema = v.object({
  username: text,
  display_name: text,
  quota: wireNumber,
  used_quota: lenient(wireSpent),
  request_count: lenient(wireCount),
});

const UNREADABLE_CLASSES: ReadonlySet<FailureClass> = new Set(['unexpected', 'not-supported']);

/**
 * The account of an access token and all its keys: `GET /api/user/self` (`data.quota` is the balance,
 * `data.used_quota`, `data.request_count`; raw units) and `GET /api/token/`.
 * @throws GatewayError where the balance cannot be read, or the gateway is in trouble.
 */
export async function readAccount(context: GatewayContext, scale: Scale): Promise<CountedReading> {
  let payload: Json;
  try {
    payload = (await requestAccount(context, '/api/user/self')).payload;
  } catch (error) {
    const scope = missingScopeIn(error);
    if (scope === undefined) throw error;
    return readKeysWithoutAccount(context, scale, scope);
  }
  const account = parseAccount(payload, scale);
  const plan = await readAccountPlan(context, scale, account.balance);
  const keys = await keyListOrNone(context, scale);
  return {
    takenAt: isoTime(context.now()),
    unit: scale.unit,
    account,
    ...plan,
    ...keys,
    ...withMissingScopes(plan, keys),
    counted: countedAmounts(payload, scale),
  };
}

/** The keys, where the token is allowed to list them and not to read the account: `scope` is what it lacks. */
async function readKeysWithoutAccount(
  context: GatewayContext,
  scale: Scale,
  scope: string,
): Promise<CountedReading> {
  const keys = await keyListOrNone(context, scale);
  const { missingScopes } = withMissingScopes({ missingScopes: [scope] }, keys);
  if (!keys.accountKeys) throw failed('forbidden', 'scope-missing', { scope: missingScopes?.join(', ') });
  return { takenAt: isoTime(context.now()), unit: scale.unit, ...keys, missingScopes };
}

/**
 * The key list, or its absence where it cannot be read: the balance is kept. Transient failures are thrown,
 * so that the request is tried again.
 */
async function keyListOrNone(
  context: GatewayContext,
  scale: Scale,
): Promise<Awaited<ReturnType<typeof readKeyList>> & Pick<Reading, 'missingScopes'>> {
  try {
    return await readKeyList(context, scale);
  } catch (error) {
    const scope = missingScopeIn(error);
    if (scope !== undefined) return { accountKeysMissing: {}, missingScopes: [scope] };
    if (!(error instanceof GatewayError) || !UNREADABLE_CLASSES.has(error.failure.class)) throw error;
    return { accountKeysMissing: {} };
  }
}

/** All keys of an account, without its balance: for gateways whose token opens only the list. */
export async function readKeyListOnly(context: GatewayContext, scale: Scale): Promise<CountedReading> {
  return {
    takenAt: isoTime(context.now()),
    unit: scale.unit,
    ...(await readKeyList(context, scale)),
  };
}

function countedAmounts(payload: Json, { perUnit }: Scale): Counted {
  const { quota, used_quota } = payload;
  const used = parseNumber(used_quota);
  return {
    perUnit,
    source: 'account',
    of: 'account',
    used: used !== undefined && used >= 0 ? used : undefined,
    remaining: parseNumber(quota),
  };
}

function parseAccount(payload: Json, scale: Scale): Account {
  const parsed = v.safeParse(userSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const { username, display_name, quota, used_quota, request_count } = parsed.output;
  return {
    balance: amountOf(quota, scale),
    used: used_quota === undefined ? undefined : amountOf(used_quota, scale),
    requests: request_count,
    name: sanitizeText(display_name || username || '', 100) || undefined,
  };
}
