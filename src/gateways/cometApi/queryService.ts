import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import { type Coverage, type Usage, withUnreadableRows } from '../../core/usage/usage.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import { type Json, missingFiguresError, parseJsonBody, unwrapPayload } from '../envelope.ts';
import { lenient, sanitizeText, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperWithFallback } from '../knownRefusals.ts';
import { parseAccountKeys } from '../parseAccountKeys.ts';
import { QUERY_REFUSALS } from './refusals.ts';

const DOLLARS: Unit = { code: 'USD', source: 'gateway' };
/** The documentation has both −1 and 999999999 for a key without a cap. */
const UNLIMITED_FROM = 999_999_999;
const mapQueryError = errorMapperWithFallback(QUERY_REFUSALS);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const number = lenient(wireNumber);
const keySchema = v.object({ name: lenient(v.string()), remain_quota: number, used_quota: number });
const quotaSchema = v.object({
  username: lenient(v.string()),
  total_quota: wireNumber,
  total_used_quota: number,
  request_count: number,
  keys: lenient(v.array(v.unknown())),
});
const daySchema = v.object({
  token_name: lenient(v.string()),
  quota_used: wireNumber,
  request_count: number,
});

type DayRow = v.InferOutput<typeof daySchema>;

/** What the query service answered, before it is read as a reading or as usage. */
export interface QueryServiceResponse {
  readonly json: Json;
  readonly figures: v.InferOutput<typeof quotaSchema>;
  /** Days with their rows, undefined for one that cannot be read; undefined when something else stands in their place. */
  readonly days: ReadonlyMap<string, readonly (DayRow | undefined)[]> | undefined;
  /** Days whose names are no days in the form we know: what was spent on them is in no figure. */
  readonly unreadableDays: number;
}

/**
 * Asks CometAPI's query service. It takes the key in the URL, which is why the URL is built below the
 * gateways and never reaches a text.
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
  return { json, figures: parsed.output, days: daysOf(daily_quota), unreadableDays };
}

/** `GET /user/quota`: the account's balance in dollars and all its keys. */
export async function readQueryBalance(context: GatewayContext): Promise<Reading> {
  const { figures, json } = await queryBalanceService(context);
  // Without keys there may be no list at all; what is no list cannot be read.
  const keys = figures.keys ?? (json.keys == null ? [] : undefined);
  return {
    takenAt: new Date(context.now()).toISOString(),
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
  return parsed.success ? [accountKeyOf(parsed.output)] : [];
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
 * With both dates: spend and requests per day and key. The days' time zone is the gateway's secret. Days
 * that were not asked for are stale data and do not count.
 */
export async function readQueryUsage(context: GatewayContext, range: Range): Promise<Usage> {
  const [from, to] = [localDay(range.from), localDay(range.to)];
  const { days, unreadableDays } = await queryBalanceService(context, { start_date: from, end_date: to });
  if (!days) throw failed('unexpected', 'missing-figures');
  const tally = new UsageSum();
  let unreadable = unreadableDays;
  for (const [day, rows] of days) {
    if (day < from || day > to) continue;
    for (const row of rows) {
      if (!row) {
        unreadable++;
        continue;
      }
      const key = sanitizeText(row.token_name ?? '', 100);
      tally.add({ day, key, model: '', raw: row.quota_used, requests: row.request_count, tokens: 0 });
    }
  }
  const coverage: Coverage = {
    complete: true,
    from: new Date(range.from).toISOString(),
    to: new Date(Math.min(range.to, context.now())).toISOString(),
    reason: 'gateway-days',
  };
  return {
    unit: DOLLARS,
    total: withoutTokens(tally.total(1)),
    byDay: tally.rows('day', 1).map(withoutTokens),
    byKey: tally.rows('key', 1).map(withoutTokens),
    timeline: { step: 'day', cells: tally.timeline(1).cells.map(withoutTokens) },
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

/** A range without activity may have them absent, null or empty. */
function daysOf(wire: unknown): QueryServiceResponse['days'] {
  if (wire === undefined || wire === null || (Array.isArray(wire) && wire.length === 0)) return new Map();
  if (!isObject(wire)) return undefined;
  const days = Object.entries(wire).filter(([name]) => isDay(name));
  return new Map(days.map(([day, rows]) => [day, Array.isArray(rows) ? rows.map(rowOf) : [undefined]]));
}

function isObject(wire: unknown): wire is Readonly<Record<string, unknown>> {
  return typeof wire === 'object' && wire !== null && !Array.isArray(wire);
}

/** Whether a member is a day in another form, or may be one: what was spent on it cannot be told. */
function isUnreadableDay([name, rows]: readonly [string, unknown]): boolean {
  if (isDay(name) || rows === null) return false;
  if (typeof rows === 'object') return Object.keys(rows).length > 0;
  return /\d/.test(name);
}

function isDay(name: string): boolean {
  const time = DAY.test(name) ? Date.parse(name) : Number.NaN;
  // June 31 would be read as the first of July.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(name);
}

function rowOf(wire: unknown): DayRow | undefined {
  const parsed = v.safeParse(daySchema, wire);
  return parsed.success ? parsed.output : undefined;
}
