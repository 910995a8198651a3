import * as v from 'valibot';
import { budgetOfWindows } from '../../core/quota/budgetOfWindows.ts';
import { failed } from '../../core/quota/failure.ts';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import type { Quota, Reading } from '../../core/quota/reading.ts';
import { round6 } from '../../core/quota/unit.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireFlag, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { MAX_WINDOWS } from '../maxWindows.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';
import { readAbove } from './above.ts';
import { budgetWindows, type Cap, capOf, capWindows, hasUnreadableBudget, modelWindows } from './limits.ts';
import { readModels } from './models.ts';
import { requestJson } from './request.ts';

const text = lenient(v.string());

const id = lenient(v.pipe(v.union([v.string(), v.number()]), v.transform(String)));

const infoSchema = v.looseObject({
  key_name: text,
  key_alias: text,
  total_spend: lenient(wireUsed),
  expires: v.optional(v.unknown()),
  blocked: lenient(wireFlag),
  user_id: id,
  team_id: id,
  models: v.optional(v.unknown()),
});

/** What a key is told of itself. */
export interface KeyInfo {
  /** The name that other calls use for the key; undefined where it cannot be read. Never shown. */
  readonly hash: string | undefined;
  readonly info: v.InferOutput<typeof infoSchema>;
}

const HASH = /^[0-9a-f]{64}$/;

/**
 * `GET /key/info`: the key that asks. It is answered over budget, too.
 * @throws GatewayError
 */
export async function readKeyInfo(context: GatewayContext): Promise<KeyInfo> {
  const json = await requestJson(context, { path: '/key/info', short: true });
  const parsed = v.safeParse(infoSchema, json.info);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { key } = json;
  const info = parsed.output;
  // Without its database the proxy lets every key in, and tells of none.
  if (info.key_name === 'failed-to-connect-to-db') throw failed('transient', 'server-error');
  if (info.blocked) throw failed('disabled', 'key-disabled');
  return { hash: typeof key === 'string' && HASH.test(key) ? key : undefined, info };
}

/** The key's cap, and those of the team or the user above it. Its `key_name` is a part of the key, and is not its name. */
export async function readKey(context: GatewayContext): Promise<Reading> {
  const { info } = await readKeyInfo(context);
  const now = context.now();
  const cap = capOf(info, now);
  if (cap.limit === undefined && cap.spent === undefined) throw missingFiguresError(info, 200);
  const above = await readAbove(context, info);
  const isKnown = cap.limit !== undefined && above !== undefined && !hasUnreadableBudget(info);
  const windows = windowsOf(info, cap, above ?? []);
  const { expires } = info;
  return {
    takenAt: new Date(now).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    name: info.key_alias === undefined ? undefined : sanitizeText(info.key_alias, 100) || undefined,
    quota: quotaOf(cap, info.total_spend, isKnown),
    expiresAt: normalizeTime(expires ?? undefined) ?? (expires === null ? null : undefined),
    ...(windows.length > 0 && { windows, budget: budgetOfWindows(windows) }),
    ...(await readModels(context, info)),
    ...((cap.rpm ?? cap.tpm) !== undefined && { rateLimits: { rpm: cap.rpm, tpm: cap.tpm } }),
    ...(!isKnown && { unreadable: ['budget'] as const }),
  };
}

/**
 * The key's own cap. One that resets is a window instead, and what was used since then is not what was used in all.
 * Without a cap it is unlimited only where nothing above it can be missing.
 */
function quotaOf(
  { limit, spent, every }: Cap,
  lifetime: number | undefined,
  isKnown: boolean,
): Quota | undefined {
  if (typeof limit === 'number' && every === undefined)
    return { unlimited: false, granted: limit, used: spent, remaining: leftOf(limit, spent) };
  const used = lifetime ?? (every === undefined ? spent : undefined);
  return used === undefined ? undefined : { unlimited: isKnown, used };
}

function leftOf(limit: number, spent: number | undefined): number | undefined {
  return spent === undefined ? undefined : round6(limit - spent);
}

function windowsOf(info: Json, cap: Cap, above: readonly QuotaWindow[]): readonly QuotaWindow[] {
  return [...capWindows(cap), ...budgetWindows(info), ...above, ...modelWindows(info)].slice(0, MAX_WINDOWS);
}
