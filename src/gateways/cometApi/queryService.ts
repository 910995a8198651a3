import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { type Coverage, completeCoverage, withUnreadableRows } from '../../core/usage/coverage.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import { type DayOfKey, dayRecords } from '../dayRecords.ts';
import { missingFiguresError, parseJsonBody, unwrapPayload } from '../envelope.ts';
import { lenient, wireCount, wireNumber, wireSpent, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isDay } from '../isDay.ts';
import { errorMapperWithFallback } from '../knownRefusals.ts';
import { parseAccountKeys } from '../parseAccountKeys.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { QUERY_REFUSALS } from './refusals.ts';

const DOLLARS: Unit = { code: 'USD', source: 'gateway' };
/** `remain_quota` of a key without a limit: −1 or 999999999, both documented. */
const UNLIMITED_FROM = 999_999_999;
const mapQueryError = errorMapperWithFallback(QUERY_REFUSALS);

const number = lenient(wireNumber);
const keySchema = v.object({ name: lenient(v.string()), remain_quota: number, used_quota: number });
const quotaSchema = v.object({
  username: lenient(v.string()),
  total_quota: wireNumber,
  total_used_quota: lenient(wireSpent),
  request_count: lenient(wireCount),
  // A missing list is not one without keys.
  keys: lenient(v.array(v.unknown())),
});
const daySchema = v.object({
  token_name: lenient(v.string()),
  quota_used: wireUsed,
  request_count: lenient(wireCount),
});

type DayRow = v.InferOutput<typeof daySchema>;

/** The parsed answer of `GET /user/quota`, without an envelope; amounts are dollars. */
export interface QueryServiceResponse {
  readonly figures: v.InferOutput<typeof quotaSchema>;
  /** Rows by day, undefined for a row that cannot be read; undefined where `daily_quota` is no object. */
  readonly days: ReadonlyMap<string, readonly (DayRow | undefined)[]> | undefined;
  /** Members of `daily_quota` that are days in another form: their spend is in no figure. */
  readonly unreadableDays: number;
}

/**
 * `GET /user/quota?key=…`. The key is in the URL, so the URL is built in `http/` and never reaches a text.
 * With both dates the answer has `daily_quota`.
 * @throws GatewayError `missing-figures` or the gateway's words, where `total_quota` is missing.
 */
export async function queryBalanceService(
  context: GatewayContext,
  dates: { readonly start_date?: string; readonly end_date?: string } = {},
): Promise<QueryServiceResponse> {
  const answer = await context.sendRequest({
    path: '/user/quota',
    query: dates,
    secretIn: 'query',
    limiter: 'general',
  });
  const json = unwrapPayload(parseJsonBody(answer, mapQueryError), answer.status, mapQueryError);
  const parsed = v.safeParse(quotaSchema, json);
  if (!parsed.success) throw missingFiguresError(json, answer.status);
  const { daily_quota } = json;
  const unreadableDays = isObject(daily_quota)
    ? Object.entries(daily_quota).filter(isUnreadableDay).length
    : 0;
  return { figures: parsed.output, days: daysOf(daily_quota), unreadableDays };
}

/** The account's balance in dollars (`total_quota`) and all its keys. */
export async function readQueryBalance(context: GatewayContext): Promise<Reading> {
  const { figures } = await queryBalanceService(context);
  const { keys } = figures;
  return {
    takenAt: isoTime(context.now()),
    unit: DOLLARS,
    account: {
      balance: figures.total_quota,
      used: figures.total_used_quota,
      requests: figures.request_count,
      name: sanitizeText(figures.username ?? '', 100) || undefined,
    },
    ...(keys ? parseAccountKeys(keys, readKey) : { accountKeysMissing: {} }),
  };
}

function readKey(wire: unknown): AccountKey[] {
  const parsed = v.safeParse(keySchema, wire);
  if (!parsed.success) return [];
  // Without any of these it is no key.
  const isKey = Object.values(parsed.output).some(member => member !== undefined);
  return isKey ? [accountKeyOf(parsed.output)] : [];
}

function accountKeyOf({
  name,
  remain_quota: remain,
  used_quota: used,
}: v.InferOutput<typeof keySchema>): AccountKey {
  const unlimited = remain === -1 || (remain !== undefined && remain >= UNLIMITED_FROM);
  return {
    name: sanitizeText(name ?? '', 100),
    unlimited,
    used: used !== undefined && used >= 0 ? used : undefined,
    remaining: unlimited ? undefined : remain,
  };
}

/**
 * Spend and requests by day and key: `daily_quota`, in dollars. Its days have no documented time zone; days
 * outside of the range are stale and are ignored.
 */
export async function readQueryUsage(context: GatewayContext, range: Range): Promise<Usage> {
  const [from, to] = [localDay(range.from), localDay(range.to)];
  const { days, unreadableDays } = await queryBalanceService(context, { start_date: from, end_date: to });
  if (!days) throw failed('unexpected', 'missing-figures');
  const usage = new UsageSum();
  const daysOfKeys: DayOfKey[] = [];
  let unreadable = unreadableDays;
  for (const [day, rows] of days) {
    if (day < from || day > to) continue;
    for (const row of rows) {
      if (!row) {
        unreadable++;
        continue;
      }
      const key = sanitizeText(row.token_name ?? '', 100);
      daysOfKeys.push({ day, key, raw: row.quota_used, requests: row.request_count });
      usage.add({ day, key, model: '', raw: row.quota_used, requests: row.request_count, tokens: 0 });
    }
  }
  const scale = { unit: DOLLARS, perUnit: 1 };
  context.recordSpend?.(dayRecords(daysOfKeys, range, scale, unreadable, context.now()));
  const coverage: Coverage = { ...completeCoverage(range, context.now()), reason: 'gateway-days' };
  return {
    unit: DOLLARS,
    total: withoutTokens(usage.total(1)),
    byDay: usage.rows('day', 1).map(withoutTokens),
    byKey: usage.rows('key', 1).map(withoutTokens),
    timeline: { step: 'day', cells: usage.timeline(1).cells.map(withoutTokens) },
    coverage: withUnreadableRows(coverage, unreadable),
    source: 'gateway',
  };
}

function withoutTokens<T extends { readonly tokens?: number }>({
  tokens: _tokens,
  ...row
}: T): Omit<T, 'tokens'> {
  return row;
}

/** Without activity `daily_quota` may be absent, null or an empty array. */
function daysOf(wire: unknown): QueryServiceResponse['days'] {
  if (wire === undefined || wire === null || (Array.isArray(wire) && wire.length === 0)) return new Map();
  if (!isObject(wire)) return undefined;
  const days = Object.entries(wire).filter(([name]) => isDay(name));
  return new Map(days.map(([day, rows]) => [day, Array.isArray(rows) ? rows.map(rowOf) : [undefined]]));
}

function isObject(wire: unknown): wire is Readonly<Record<string, unknown>> {
  return typeof wire === 'object' && wire !== null && !Array.isArray(wire);
}

/** Whether a member of `daily_quota` is, or may be, a day in another form. */
function isUnreadableDay([name, rows]: readonly [string, unknown]): boolean {
  if (isDay(name) || rows === null) return false;
  if (typeof rows === 'object') return Object.keys(rows).length > 0;
  return /\d/.test(name);
}

function rowOf(wire: unknown): DayRow | undefined {
  const parsed = v.safeParse(daySchema, wire);
  return parsed.success ? parsed.output : undefined;
}
