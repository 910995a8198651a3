import type { Reading } from './reading.ts';
import { round6 } from './unit.ts';

/** How much a key can still spend: the one figure a person wants first. */
export interface Headroom {
  readonly unlimited: boolean;
  /** Absent when unlimited or unknown. */
  readonly remaining?: number;
  /** What `remaining` is a part of; absent when the gateway names no total. */
  readonly total?: number;
  readonly used?: number;
  /** Which of a reading's parts the figure comes from. */
  readonly from: 'quota' | 'budget' | 'account' | 'none';
}

const NOTHING: Headroom = { unlimited: false, from: 'none' };

/**
 * The figure to lead with: the key's own cap, else its budget, else the account's balance. A cap of
 * "unlimited" gives way to a budget, because then the budget is what binds.
 */
export function headroomOf(reading: Reading | undefined): Headroom {
  if (!reading) return NOTHING;
  const { quota, budget, account } = reading;
  if (quota && !quota.unlimited && quota.remaining !== undefined) {
    const total = quota.granted !== undefined && quota.granted > 0 ? quota.granted : undefined;
    return { unlimited: false, remaining: quota.remaining, total, used: quota.used, from: 'quota' };
  }
  if (budget && !paysFromAccount(reading)) return headroomOfBudget(budget.spent, budget.limit);
  if (quota?.unlimited) return { unlimited: true, used: quota.used, from: 'quota' };
  // A running plan pays without a wallet, so that an empty one is not the end.
  const isBeside = reading.plan !== undefined && account?.balance !== undefined && account.balance <= 0;
  if (account?.balance !== undefined && !isBeside) {
    return { unlimited: false, remaining: account.balance, used: account.used, from: 'account' };
  }
  return NOTHING;
}

/** Without a cap and without a plan it is the account's balance that runs out. */
function paysFromAccount({ budget, plan, account }: Reading): boolean {
  return budget?.limit === null && plan === undefined && account?.balance !== undefined;
}

function headroomOfBudget(spent: number | undefined, limit: number | null): Headroom {
  if (limit === null) return { unlimited: true, used: spent, from: 'budget' };
  if (spent === undefined) return { unlimited: false, from: 'budget' };
  return {
    unlimited: false,
    remaining: round6(limit - spent),
    total: limit > 0 ? limit : undefined,
    used: spent,
    from: 'budget',
  };
}

/** Amounts carry no more digits than this; what comes after them is the noise of binary division. */
const SHARE_DIGITS = 1e12;

/** The part that is left, 0 to 1; undefined where no total is known. */
export function shareLeft(headroom: Headroom): number | undefined {
  if (headroom.remaining === undefined || headroom.total === undefined) return undefined;
  const share = Math.round((headroom.remaining / headroom.total) * SHARE_DIGITS) / SHARE_DIGITS;
  return Math.min(1, Math.max(0, share));
}
