import type { AccountPlan } from '../state/accountState.ts';
import type { Reply } from '../wire/reply.ts';
import { accountCheck, accountSuccess } from './accountAuth.ts';
import type { NewApiCall } from './newApiCall.ts';

/** `GET /api/subscription/self`: the account's plans, without their names. */
export function subscriptionSelf(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const subscriptions = (account.plans ?? []).map(plan => ({ subscription: ownedPlan(plan, account.id) }));
  return accountSuccess({
    all_subscriptions: subscriptions,
    billing_preference: 'subscription_first',
    subscriptions,
  });
}

/** `GET /api/subscription/plans`: what is on offer. */
export function subscriptionPlans(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const offered = (account.plans ?? []).filter(({ isWithdrawn }) => !isWithdrawn);
  return accountSuccess(
    offered.map(({ id, title, period, customSeconds = 0, total }) => ({
      plan: {
        id,
        title,
        enabled: true,
        total_amount: total,
        quota_reset_period: period,
        quota_reset_custom_seconds: customSeconds,
      },
    })),
  );
}

function ownedPlan({ id, total, used, resetsAt = 0, endsAt = 0 }: AccountPlan, userId: number) {
  return {
    id,
    user_id: userId,
    plan_id: id,
    amount_total: total,
    amount_used: used,
    end_time: endsAt,
    status: 'active',
    next_reset_time: resetsAt,
    allow_wallet_overflow: true,
  };
}
