import type { SiteParts } from '../site.ts';
import type { KeyState } from '../state/keyState.ts';
import { LOG_TYPES, type LogRow } from '../state/logRow.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { refusal, WALLET } from './refusal.ts';

const UNITS_PER_DOLLAR = 500_000;

/** `GET /v1/usage`. Too many refused calls of an address close it for good keys, too. */
export function keyUsage(call: Call, parts: SiteParts): Reply {
  const limiter = parts.limiters.account;
  if (limiter && limiter.used(call.client) >= limiter.limit.calls)
    return refusal(429, 'INVALID_AUTH_RATE_LIMITED', 'too many invalid API key attempts', {
      'Retry-After': '60',
    });
  const reply = answerOf(call, parts);
  if (reply.status === 401) limiter?.take(call.client);
  return reply;
}

function answerOf(call: Call, parts: SiteParts): Reply {
  const secret = (call.headers.authorization ?? '').replace(/^Bearer /, '').trim();
  if (secret === '') return refusal(401, 'API_KEY_REQUIRED', 'API key is required in Authorization header');
  const key = parts.holdings.keyBySecret(secret);
  if (!key) return refusal(401, 'INVALID_API_KEY', 'Invalid API key');
  if (key.scenario.reply) return key.scenario.reply;
  if (key.status === 'disabled') return refusal(401, 'API_KEY_DISABLED', 'API key is disabled');
  if (key.ownerBanned) return refusal(401, 'USER_INACTIVE', 'User account is not active');
  if (key.allowIps !== null) return refusal(403, 'ACCESS_DENIED', `Access denied. Your IP is ${call.client}`);
  const { build } = parts.settings.sub2Api;
  const days = Number(call.query.get('days') ?? 30);
  if (build === '0.1.179' && !(days >= 1 && days <= 90))
    return plainJson(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Invalid days, allowed range is 1-90' },
    });
  const refused = build === '0.1.179' ? undefined : refusedByBill(key, parts);
  if (refused) return refused;
  const body: Record<string, unknown> =
    build === '0.1.179' ? newForm(key, call, days, parts) : flatForm(key, parts);
  Object.assign(body, key.scenario.data);
  for (const name of key.scenario.without ?? []) delete body[name];
  return plainJson(200, body);
}

/** Older versions ask for the bill first. */
function refusedByBill(key: KeyState, { holdings, clock }: SiteParts): Reply | undefined {
  if (key.expiresAt > 0 && key.expiresAt * 1000 <= clock())
    return refusal(403, 'API_KEY_EXPIRED', 'API key 已过期');
  if (!key.unlimited && key.remain <= 0) return refusal(429, 'API_KEY_QUOTA_EXHAUSTED', 'API key 额度已用完');
  return holdings.account(key.account).quota > 0
    ? undefined
    : refusal(403, 'INSUFFICIENT_BALANCE', 'Insufficient account balance');
}

/** A wallet alone, also of a key with a quota of its own. */
function flatForm(key: KeyState, parts: SiteParts): Record<string, unknown> {
  const balance = dollars(parts.holdings.account(key.account).quota);
  const flat = { isValid: true, planName: WALLET, remaining: balance, unit: 'USD' };
  return parts.settings.sub2Api.build === '0.1.1'
    ? flat
    : { ...flat, balance, usage: totals(key, rowsOf(key, parts), parts) };
}

function newForm(key: KeyState, call: Call, days: number, parts: SiteParts): Record<string, unknown> {
  const rows = rowsOf(key, parts);
  const [from, to] = [call.query.get('start_date') ?? '', call.query.get('end_date') ?? '9999'];
  const first = dayOf(parts.clock() / 1000 - (days - 1) * 86_400);
  const models = Map.groupBy(
    rows.filter(row => dayOf(row.at) >= from && dayOf(row.at) <= to),
    ({ model }) => model,
  );
  const dates = Map.groupBy(
    rows.filter(row => dayOf(row.at) >= first),
    row => dayOf(row.at),
  );
  const stats = [...models].map(([model, all]) => ({ model, ...sumOf(all) }));
  return {
    ...(key.unlimited ? ofWallet(key, parts) : ofQuota(key, parts)),
    isValid: true,
    usage: totals(key, rows, parts),
    daily_usage: parts.settings.sub2Api.hasDays
      ? [...dates].map(([date, all]) => ({ date, ...sumOf(all) })).sort((a, b) => (a.date < b.date ? -1 : 1))
      : [],
    ...(stats.length > 0 && { model_stats: stats }),
  };
}

function ofQuota(key: KeyState, { clock }: SiteParts): Record<string, unknown> {
  const remaining = Math.max(0, dollars(key.remain));
  const quota = { limit: dollars(key.remain + key.used), used: dollars(key.used), remaining, unit: 'USD' };
  const ends = {
    expires_at: new Date(key.expiresAt * 1000).toISOString(),
    days_until_expiry: Math.max(0, Math.floor((key.expiresAt - clock() / 1000) / 86_400)),
  };
  return {
    mode: 'quota_limited',
    status: key.remain > 0 ? 'active' : 'quota_exhausted',
    quota,
    remaining,
    unit: 'USD',
    ...(key.expiresAt > 0 && ends),
  };
}

function ofWallet(key: KeyState, { holdings }: SiteParts): Record<string, unknown> {
  const balance = dollars(holdings.account(key.account).quota);
  return { mode: 'unrestricted', planName: WALLET, remaining: balance, unit: 'USD', balance };
}

function totals(key: KeyState, rows: readonly LogRow[], { clock }: SiteParts): Record<string, unknown> {
  const today = dayOf(clock() / 1000);
  const total = { ...sumOf(rows), actual_cost: dollars(key.used) };
  return { today: sumOf(rows.filter(row => dayOf(row.at) === today)), total, rpm: 0, tpm: 0 };
}

function sumOf(rows: readonly LogRow[]): Record<string, number> {
  const sum = (part: (row: LogRow) => number) => rows.reduce((total, row) => total + part(row), 0);
  const cost = dollars(sum(row => row.quota));
  return {
    requests: rows.length,
    input_tokens: sum(row => row.promptTokens),
    output_tokens: sum(row => row.completionTokens),
    total_tokens: sum(row => row.promptTokens + row.completionTokens),
    // What it would have cost without the group's rate.
    cost: cost * 2,
    actual_cost: cost,
  };
}

function rowsOf(key: KeyState, { holdings }: SiteParts): readonly LogRow[] {
  return holdings.log
    .select({ type: LOG_TYPES.consume })
    .filter(row => row.key === key.handle)
    .toReversed();
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function dollars(units: number): number {
  return units / UNITS_PER_DOLLAR;
}
