import { localDay, parseRange, type Range } from '../../../core/usage/range.ts';
import type { DateRange } from '../../../gateways/verification.ts';
import { rangeProblemText } from '../../../text/range.ts';
import { anyValue } from '../argumentSchema.ts';

/** Both ends of a range as members of an argument. */
export const rangeMembers = { from: anyValue, to: anyValue };

/** The range in a command's argument. Throws a sentence before anything is asked. */
export function rangeFromArgument(
  { from, to }: Readonly<Record<string, unknown>>,
  now: number,
): { readonly range: Range; readonly days: DateRange } {
  const { range, problem } = parseRange(from, to, now);
  if (problem) throw new Error(rangeProblemText(problem));
  return { range, days: { from: localDay(range.from), to: localDay(range.to) } };
}
