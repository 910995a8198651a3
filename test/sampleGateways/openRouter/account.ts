import type { SiteParts } from '../site.ts';
import type { AccountState } from '../state/accountState.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { bearerOf, dollars, figuresOf, hashOf } from './key.ts';
import { refusal } from './refusal.ts';

const PAGE_SIZE = 100;

/** The account behind a management key, or how another key is refused. */
export function accountOf(call: Call, { holdings }: SiteParts): AccountState | Reply {
  const secret = bearerOf(call);
  const account = holdings.accountByManagementKey(secret);
  if (account) return account;
  return holdings.keyBySecret(secret)
    ? refusal(403, 'Only management keys can perform this operation')
    : refusal(401, 'User not found.');
}

/** `GET /api/v1/credits`: what was bought and used in the account's life; to ordinary keys it tells two zeros. */
export function credits(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if ('status' in account && account.status === 403) return creditsReply(0, 0);
  if (isReply(account)) return account;
  return creditsReply(dollars(account.quota + account.used), dollars(account.used));
}

function creditsReply(total_credits: number, total_usage: number): Reply {
  return plainJson(200, { data: { total_credits, total_usage } });
}

/** `GET /api/v1/keys`: a hundred keys from an offset on. */
export function keyList(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if (isReply(account)) return account;
  const offset = Number(call.query.get('offset') ?? 0);
  const keys = account.listsKeys ? parts.holdings.keysOf(account.name) : [];
  return plainJson(200, { data: keys.slice(offset, offset + PAGE_SIZE).map(rowOf) });
}

/** `GET /api/v1/keys/{hash}`: one of them. */
export function keyByHash(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if (isReply(account)) return account;
  const hash = call.path.split('/').at(-1);
  const key = parts.holdings.keysOf(account.name).find(each => hashOf(each) === hash);
  return key ? plainJson(200, { data: rowOf(key) }) : refusal(404, 'API key not found');
}

export function isReply(found: AccountState | Reply): found is Reply {
  return 'status' in found;
}

function rowOf(key: KeyState): Record<string, unknown> {
  return {
    hash: hashOf(key),
    name: key.name,
    label: 'sk-or-v1-0e6...1c9',
    disabled: key.status === 'disabled',
    ...figuresOf(key),
    created_at: new Date(key.createdAt * 1000).toISOString(),
    updated_at: null,
    creator_user_id: null,
    ...key.scenario.data,
  };
}
