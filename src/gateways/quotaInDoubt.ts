import type { Quota } from '../core/quota/reading.ts';

/** The quota of a key of which a limit cannot be read: it is not known to be unlimited. */
export function quotaInDoubt<T extends Quota | undefined>(quota: T, isUnreadable: boolean): T {
  return isUnreadable && quota?.unlimited ? { ...quota, unlimited: false } : quota;
}
