import * as v from 'valibot';
import { localDay, parseRange, type Range } from '../../../core/usage/range.ts';
import type { DateRange } from '../../../gateways/verification.ts';
import { rangeProblemText } from '../../../text/range.ts';
import { type Members, withErrorText } from '../argumentSchema.ts';

/** A day, a moment or epoch seconds. `parseRange` checks the value itself. */
const rangeEndMember = withErrorText(v.nullable(v.union([v.string(), v.number()])), () =>
  rangeProblemText('not-a-date'),
);

/** Both ends of a range as members of an argument. */
export const rangeMembers = { from: rangeEndMember, to: rangeEndMember };

/**
 * The range that a command's members say.
 * @throws a sentence, before anything is asked.
 */
export function rangeFromMembers(
  { from, to }: Members<typeof rangeMembers>,
  now: number,
): { readonly range: Range; readonly days: DateRange } {
  const { range, problem } = parseRange(from, to, now);
  if (problem) throw new Error(rangeProblemText(problem));
  return { range, days: { from: localDay(range.from), to: localDay(range.to) } };
}
