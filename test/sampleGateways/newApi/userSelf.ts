import { GoStruct } from '../wire/goJson.ts';
import type { Reply } from '../wire/reply.ts';
import { accountCheck, accountSuccess } from './accountAuth.ts';
import type { NewApiCall } from './newApiCall.ts';

/** `GET /api/user/self`: the wallet. `quota` is what is left, not what was granted. */
export function userSelf(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  return accountSuccess(
    new GoStruct({
      id: account.id,
      username: account.name,
      display_name: account.name,
      role: 1,
      status: account.banned ? 2 : 1,
      email: `${account.name}@example.com`,
      quota: account.quota,
      used_quota: account.used,
      request_count: account.requests,
      group: account.group,
      aff_code: 'a1B2',
      aff_count: 0,
      aff_quota: 0,
      aff_history_quota: 0,
      setting: '{}',
      permissions: { sidebar_settings: true },
    }),
  );
}
