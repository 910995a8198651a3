import { toBilling } from '../siteStatus.ts';
import type { KeyState } from '../state/keyState.ts';
import { GoStruct } from '../wire/goJson.ts';
import { json, type Reply } from '../wire/reply.ts';
import { fullCheck } from './keyAuth.ts';
import type { NewApiCall } from './newApiCall.ts';

/** What the billing endpoints say in place of a limit that is none. */
const NO_LIMIT = 100_000_000;

/** `GET /dashboard/billing/subscription`: granted, in the unit of the site despite the names of the members. */
export function subscription(call: NewApiCall): Reply {
  const checked = fullCheck(call);
  if (checked.refusal) return checked.refusal;
  const { key } = checked;
  const byKey = call.settings.displayTokenStat;
  const limit = byKey && key.unlimited ? NO_LIMIT : toBilling(granted(key, call), call.status);
  return json(
    200,
    new GoStruct({
      object: 'billing_subscription',
      has_payment_method: true,
      soft_limit_usd: limit,
      hard_limit_usd: limit,
      system_hard_limit_usd: limit,
      access_until: byKey && key.expiresAt > 0 ? key.expiresAt : 0,
    }),
  );
}

/** `GET /dashboard/billing/usage`: used, in hundredths. Dates are accepted and ignored. */
export function usage(call: NewApiCall): Reply {
  const checked = fullCheck(call);
  if (checked.refusal) return checked.refusal;
  const used = call.settings.displayTokenStat
    ? checked.key.used
    : call.holdings.account(checked.key.account).used;
  return json(200, new GoStruct({ object: 'list', total_usage: toBilling(used, call.status) * 100 }));
}

function granted(key: KeyState, call: NewApiCall): number {
  if (call.settings.displayTokenStat) return key.remain + key.used;
  const account = call.holdings.account(key.account);
  // One API forgets to add what was used, so that a client which subtracts it counts it twice.
  return call.version.accountAuth === 'oneApi' ? account.quota : account.quota + account.used;
}
