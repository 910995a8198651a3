import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { evaluateCurrencyLimits } from '../../core/warnings/currencyLimits.ts';
import { type Evaluation, evaluateRules, type WarningSubject } from '../../core/warnings/evaluateRules.ts';
import type { WarningRules } from '../../core/warnings/warningRules.ts';
import { Slices } from '../polling/slices.ts';

/** How many keys are evaluated between two turns of the event loop. */
export const KEYS_AT_ONCE = 50;

const NOTHING: Evaluation = { due: [], markChanges: [] };

/**
 * What `evaluateRules` and `evaluateCurrencyLimits` find for many keys, without blocking the event loop. Nothing once
 * `isCancelled`, which is asked after each slice.
 */
export async function evaluateInSlices(
  subjects: readonly WarningSubject[],
  limits: readonly SpendingLimit[],
  fired: Parameters<typeof evaluateRules>[1],
  rules: WarningRules,
  now: number,
  isCancelled: () => boolean = () => false,
): Promise<Evaluation> {
  const slices = new Slices();
  const found: Evaluation[] = [];
  for (let start = 0; start < subjects.length; start += KEYS_AT_ONCE) {
    found.push(evaluateRules(subjects.slice(start, start + KEYS_AT_ONCE), fired, rules, now));
    await slices.next();
    if (isCancelled()) return NOTHING;
  }
  found.push(evaluateCurrencyLimits(limits, subjects, fired, rules, now));
  return {
    due: found.flatMap(({ due }) => due),
    markChanges: found.flatMap(({ markChanges }) => markChanges),
  };
}
