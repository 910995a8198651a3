import type { Site, SiteParts } from '../site.ts';
import type { AccountState } from '../state/accountState.ts';
import type { Holdings } from '../state/holdings.ts';
import type { KeyState } from '../state/keyState.ts';
import { dayOf } from '../state/ledger.ts';
import { LOG_TYPES } from '../state/logRow.ts';
import type { Call } from '../wire/call.ts';
import { GoStruct, goJson } from '../wire/goJson.ts';
import { json, type Reply, slashRedirect } from '../wire/reply.ts';
import { dayRange } from './queryDates.ts';

const UNITS_PER_DOLLAR = 500_000;
const PATH = '/user/quota';

/** `query.cometapi.com`: the balance of the account and its keys, asked with a key in the URL. */
export function querySite(parts: SiteParts): Site {
  return {
    dress: reply => reply,
    answer(call) {
      if (call.method !== 'GET' || (call.path !== PATH && call.path !== `${PATH}/`)) {
        return json(404, { error: 'not found' });
      }
      const slash = call.path.endsWith('/');
      const { redirect } = parts.settings.query;
      if (redirect === 'toSlash' && !slash) return slashRedirect(`${PATH}/${call.search}`);
      if (redirect === 'fromSlash' && slash) return slashRedirect(PATH + call.search);
      return balance(call, parts);
    },
  };
}

function balance(call: Call, { holdings, settings }: SiteParts): Reply {
  const secret = call.query.get('key') ?? '';
  if (secret === '') return json(400, { message: 'key is required' });
  const key = holdings.keyBySecret(secret);
  if (!key) return json(401, { error: 'invalid api key' });
  if (key.scenario.reply) return key.scenario.reply;
  const range = dayRange(call.query);
  if (range.error !== undefined && !settings.query.acceptsAnyDate) return json(400, { message: range.error });
  const days = 'from' in range ? dailyQuota(key.account, range, holdings, settings.query) : undefined;
  return json(200, members(holdings.account(key.account), key, holdings, days));
}

function members(account: AccountState, key: KeyState, holdings: Holdings, days: unknown): GoStruct {
  const listed = account.listsKeys ? holdings.keysOf(account.name) : [];
  const all: Record<string, unknown> = {
    username: account.name,
    total_quota: dollars(account.quota),
    total_used_quota: dollars(account.used),
    request_count: account.requests,
    keys: listed.map(each => new GoStruct({ name: each.name, ...amounts(each, account) })),
    daily_quota: days,
    ...key.scenario.data,
  };
  for (const name of key.scenario.without ?? []) delete all[name];
  return new GoStruct(all);
}

function amounts(key: KeyState, account: AccountState): Record<string, number> {
  if (!key.unlimited) return { remain_quota: dollars(key.remain), used_quota: dollars(key.used) };
  return account.unlimitedAs === '-1'
    ? { remain_quota: -1, used_quota: 0 }
    : { remain_quota: 999_999_999, used_quota: -1 };
}

function dailyQuota(
  account: string,
  range: { from: string; to: string },
  holdings: Holdings,
  settings: { dayOffset: number; staleDays: boolean },
): Record<string, GoStruct[]> {
  const sums = new Map<string, { day: string; name: string; quota: number; requests: number }>();
  for (const row of holdings.log.select({ account, type: LOG_TYPES.consume })) {
    const day = dayOf(row.at, settings.dayOffset);
    if (!settings.staleDays && (day < range.from || day > range.to)) continue;
    // By name, not by key: keys of one name are one entry, as the service has no ids to tell them apart.
    const name = row.key === undefined ? '' : holdings.key(row.key).name;
    const at = goJson([day, name]);
    const sum = sums.get(at) ?? { day, name, quota: 0, requests: 0 };
    sum.quota += row.quota;
    sum.requests += 1;
    sums.set(at, sum);
  }
  const days: Record<string, GoStruct[]> = {};
  for (const { day, name, quota, requests } of sums.values()) {
    days[day] ??= [];
    days[day].push(new GoStruct({ token_name: name, quota_used: dollars(quota), request_count: requests }));
  }
  return days;
}

function dollars(units: number): number {
  return Math.round((units / UNITS_PER_DOLLAR) * 1e6) / 1e6;
}
