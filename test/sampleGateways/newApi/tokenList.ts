import type { KeyState } from '../state/keyState.ts';
import { GoStruct } from '../wire/goJson.ts';
import { json, type Reply } from '../wire/reply.ts';
import { accountCheck, accountSuccess } from './accountAuth.ts';
import type { NewApiCall } from './newApiCall.ts';
import { paged } from './paging.ts';

const STATUS_NUMBERS = { enabled: 1, disabled: 2, expired: 3, exhausted: 4 };

/** `GET /api/token/`: all keys of the account, newest first. */
export function tokenList(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const keys = account.listsKeys ? call.holdings.keysOf(account.name).reverse() : [];
  return paged(call, keys, key => tokenMembers(key, account.id, call));
}

/** `GET /api/token/:id`: one key of the account. */
export function tokenDetail(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const id = Number(call.path.split('/').at(-1));
  const key = call.holdings.keysOf(account.name).find(candidate => candidate.id === id);
  if (!key) return json(200, { message: 'record not found', success: false });
  return accountSuccess(tokenMembers(key, account.id, call));
}

/** `POST /api/token/:id/key`: the whole key. */
export function tokenKey(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const id = Number(call.path.split('/').at(-2));
  const key = call.holdings.keysOf(account.name).find(candidate => candidate.id === id);
  if (!key) return json(200, { message: 'record not found', success: false });
  return accountSuccess({ key: bareSecret(key) });
}

/** `POST /api/token/batch/keys`: those of a hundred at most that are the account's. */
export function tokenKeys(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const { ids } = JSON.parse(call.body) as { ids: readonly number[] };
  if (ids.length === 0 || ids.length > 100)
    return json(200, { message: 'Invalid parameters', success: false });
  const told = call.holdings.keysOf(account.name).filter(({ id }) => ids.includes(id));
  return accountSuccess({ keys: Object.fromEntries(told.map(key => [key.id, bareSecret(key)])) });
}

function bareSecret({ secret }: KeyState): string {
  return secret.replace(/^sk-/, '');
}

function tokenMembers(key: KeyState, userId: number, call: NewApiCall): GoStruct {
  const bare = bareSecret(key);
  const members = {
    id: key.id,
    user_id: userId,
    key: call.version.masksKeys ? `${bare.slice(0, 4)}**********${bare.slice(-4)}` : bare,
    status: STATUS_NUMBERS[key.status],
    name: key.name,
    created_time: key.createdAt,
    accessed_time: key.accessedAt,
    expired_time: key.expiresAt,
    remain_quota: key.remain,
    unlimited_quota: key.unlimited,
    used_quota: key.used,
  };
  if (call.version.accountAuth === 'oneApi') {
    return new GoStruct({ ...members, models: key.modelLimits === '' ? null : key.modelLimits, subnet: '' });
  }
  return new GoStruct({
    ...members,
    model_limits_enabled: key.modelLimitsEnabled,
    model_limits: key.modelLimits,
    allow_ips: key.allowIps,
    group: key.group,
    cross_group_retry: false,
    DeletedAt: null,
  });
}
