import * as v from 'valibot';
import { failed } from '../quota/failure.ts';
import type { Account, AccountKey, Reading } from '../quota/reading.ts';
import { amountOf, type Scale } from '../quota/unit.ts';
import { accountPayload } from './accountAccess.ts';
import type { Json } from './answers.ts';
import type { Visit } from './gateway.ts';
import { isoTime, lenient, modelNames, numberOf, plainText, wireFlag, wireNumber } from './wire.ts';

const PAGE_SIZE = 100;
/** Far more keys than anyone has; a list that is longer never ends. */
const MAX_PAGES = 50;
const ENABLED = 1;

const text = lenient(v.string());
const number = lenient(wireNumber);

const userSchema = v.object({
  username: text,
  display_name: text,
  quota: wireNumber,
  used_quota: number,
  request_count: number,
});

const tokenSchema = v.object({
  id: wireNumber,
  name: text,
  status: number,
  remain_quota: number,
  used_quota: number,
  unlimited_quota: lenient(wireFlag),
  expired_time: v.optional(v.unknown()),
  model_limits_enabled: lenient(wireFlag),
  model_limits: v.optional(v.unknown()),
  models: v.optional(v.unknown()),
});

/** The account behind an access token and all its keys: `GET /api/user/self` and `/api/token/`. */
export async function readAccount(visit: Visit, scale: Scale): Promise<Reading> {
  const { payload } = await accountPayload(visit, '/api/user/self');
  return {
    takenAt: new Date(visit.now()).toISOString(),
    unit: scale.unit,
    account: accountOf(payload, scale),
    accountKeys: await readKeyList(visit, scale),
  };
}

/** All keys of an account, without its balance: for gateways whose token opens the list alone. */
export async function readKeyListOnly(visit: Visit, scale: Scale): Promise<Reading> {
  return {
    takenAt: new Date(visit.now()).toISOString(),
    unit: scale.unit,
    accountKeys: await readKeyList(visit, scale),
  };
}

function accountOf(payload: Json, scale: Scale): Account {
  const parsed = v.safeParse(userSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const { username, display_name, quota, used_quota, request_count } = parsed.output;
  return {
    balance: amountOf(quota, scale),
    used: used_quota === undefined ? undefined : amountOf(used_quota, scale),
    requests: request_count,
    name: plainText(display_name || username || '', 100) || undefined,
  };
}

/**
 * Pages are objects counted from 1 in newer versions, bare arrays counted from 0 in older ones and in One
 * API. A page without a key that is new ends the list, whatever the gateway says is still to come.
 */
async function readKeyList(visit: Visit, scale: Scale): Promise<AccountKey[]> {
  const keys = new Map<number, AccountKey>();
  const first = await keyPage(visit, 1);
  const isBare = Array.isArray(first.data);
  const take = (page: Awaited<ReturnType<typeof keyPage>>) => addNew(keys, itemsOf(page), scale);
  let next = isBare ? 0 : 2;
  if (!isBare && (!take(first) || keys.size >= totalOf(first.payload))) return [...keys.values()];
  for (let pages = 0; pages < MAX_PAGES; pages++, next++) {
    const page = isBare && next === 1 ? first : await keyPage(visit, next);
    if (!take(page)) break;
    if (!isBare && keys.size >= totalOf(page.payload)) break;
  }
  return [...keys.values()];
}

function keyPage(visit: Visit, page: number) {
  return accountPayload(visit, '/api/token/', { p: page, page_size: PAGE_SIZE });
}

function itemsOf({ data, payload }: { readonly data: unknown; readonly payload: Json }): readonly unknown[] {
  if (Array.isArray(data)) return data;
  return Array.isArray(payload.items) ? payload.items : [];
}

function totalOf(payload: Json): number {
  return numberOf(payload.total) ?? Number.POSITIVE_INFINITY;
}

/** Whether any of the items was not known yet. */
function addNew(keys: Map<number, AccountKey>, items: readonly unknown[], scale: Scale): boolean {
  const before = keys.size;
  for (const item of items) {
    const parsed = v.safeParse(tokenSchema, item);
    if (parsed.success && !keys.has(parsed.output.id))
      keys.set(parsed.output.id, keyOf(parsed.output, scale));
  }
  return keys.size > before;
}

function keyOf(token: v.InferOutput<typeof tokenSchema>, scale: Scale): AccountKey {
  const unlimited = token.unlimited_quota === true;
  const names = modelNames(token.model_limits ?? token.models);
  return {
    name: plainText(token.name ?? '', 100),
    enabled: token.status === undefined ? undefined : token.status === ENABLED,
    unlimited,
    used: token.used_quota === undefined ? undefined : amountOf(token.used_quota, scale),
    remaining:
      unlimited || token.remain_quota === undefined ? undefined : amountOf(token.remain_quota, scale),
    expiresAt: isoTime(token.expired_time),
    models: (token.model_limits_enabled ?? names.length > 0) ? names : null,
  };
}
