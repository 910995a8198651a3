import { MINUTE_MS } from '../time.ts';
import { type Failure, isLastingClass } from './failure.ts';

/** How long a refusal of a key that has worked must be repeated before it counts. */
export const CONFIRM_MS = 10 * MINUTE_MS;

/**
 * A failure as it counts: a lasting refusal comes back with the time since when it has been repeated, or as a transient
 * failure while it has not been repeated for long enough. Gateways say “invalid token” also while their database is
 * locked, and “disabled” now and then of a key that is not. A key that never worked has nothing to lose by being told
 * at once. `now` in epoch milliseconds.
 */
export function afterConfirmation(
  failure: Failure,
  before: Failure | undefined,
  hasWorked: boolean,
  now: number,
): Failure {
  const { class: refusal } = failure;
  if (!isLastingClass(refusal)) return failure;
  const isSame = before !== undefined && (before.doubted ?? before.class) === refusal;
  // A time in the future was saved before the clock was put back.
  const since = Math.min(now, (isSame ? before.since : undefined) ?? now);
  const counts = !hasWorked || (isSame && before.class === refusal) || now - since >= CONFIRM_MS;
  if (counts) return { ...failure, since };
  const { status, words } = failure;
  return { class: 'transient', reason: 'doubted-refusal', status, words, since, doubted: refusal };
}
