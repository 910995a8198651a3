import * as v from 'valibot';
import type { AccountKey } from '../../core/quota/reading.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { lenient, parseFlag, wireFlag, wireNumber, wireSpent } from '../fields.ts';
import { normalizeModelNames } from '../modelNames.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';
import { parseKeyStatus, statusOf } from './keyStatus.ts';
import { displayNameOf } from './originalNames.ts';

const text = lenient(v.string());
const number = lenient(wireNumber);

const tokenSchema = v.object({
  id: wireNumber,
  name: text,
  key: text,
  status: v.optional(v.unknown()),
  enabled: lenient(wireFlag),
  remain_quota: number,
  used_quota: lenient(wireSpent),
  unlimited_quota: v.optional(v.unknown()),
  expired_time: v.optional(v.unknown()),
  model_limits_enabled: lenient(wireFlag),
  model_limits: v.optional(v.unknown()),
  models: v.optional(v.unknown()),
  setting: v.optional(v.unknown()),
  group: text,
});

/**
 * `remain_quota` of a fork that does not know it. A key that the gateway itself calls used up may be
 * overdrawn by just as much.
 */
const UNKNOWN_REMAINING = -1;

/** One-hub: `setting.limits.limit_model_setting`. */
const hubSchema = v.object({
  limits: v.object({
    limit_model_setting: v.object({ enabled: lenient(wireFlag), models: v.optional(v.unknown()) }),
  }),
});

/** A key as a row of its account's list tells it. Amounts in the gateway's raw units. */
export type ListedToken = v.InferOutput<typeof tokenSchema>;

/** Undefined where a row cannot be read. */
export function parseListedToken(row: unknown): ListedToken | undefined {
  const parsed = v.safeParse(tokenSchema, row);
  return parsed.success ? parsed.output : undefined;
}

/** The key that a row is about. `now` is in epoch milliseconds. */
export function accountKeyOf(token: ListedToken, scale: Scale, now: number): AccountKey {
  // A switch that cannot be read may mean that nothing limits the key: then what is left is not known.
  const unlimited = token.unlimited_quota == null ? false : parseFlag(token.unlimited_quota);
  const expiresAt = normalizeTime(token.expired_time);
  const ownStatus = parseKeyStatus(token.status, token.enabled);
  const isRemainingKnown = token.remain_quota !== UNKNOWN_REMAINING || ownStatus === 'exhausted';
  const group = sanitizeText(token.group ?? '', 60);
  const remaining = unlimited === false && isRemainingKnown ? token.remain_quota : undefined;
  return {
    ...displayNameOf(token.name ?? ''),
    enabled: ownStatus === undefined ? undefined : ownStatus !== 'disabled',
    status: statusOf(ownStatus, expiresAt, remaining, now),
    unlimited,
    used: token.used_quota === undefined ? undefined : amountOf(token.used_quota, scale),
    remaining: remaining === undefined ? undefined : amountOf(remaining, scale),
    expiresAt,
    ...modelsOf(token),
    ...(group !== '' && { group }),
  };
}

function modelsOf(token: ListedToken): Pick<AccountKey, 'models' | 'modelsMore'> {
  const hub = v.safeParse(hubSchema, token.setting);
  const limit = hub.success ? hub.output.limits.limit_model_setting : undefined;
  const names = normalizeModelNames(limit?.models ?? token.model_limits ?? token.models);
  const isLimited = limit?.enabled ?? token.model_limits_enabled ?? (names?.models.length ?? 0) > 0;
  // Where the list that limits a key's models cannot be read, its models are not known.
  return isLimited ? (names ?? {}) : { models: null };
}
