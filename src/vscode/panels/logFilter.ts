import type { LogForm } from '../../core/panels/logsForm.ts';
import type { LogFilter } from '../../core/usage/logRow.ts';
import { parseRange } from '../../core/usage/range.ts';
import { rangeProblemText } from '../../text/range.ts';

export type ParsedLogFilter =
  | { readonly filter: Omit<LogFilter, 'page' | 'pageSize'>; readonly problem?: never }
  | { readonly filter?: never; readonly problem: string };

/**
 * Parses the form. Without dates the filter ends now, since rows that are written meanwhile would push others onto the
 * next page.
 */
export function logFilterOf({ from, to, ...form }: LogForm, now: number): ParsedLogFilter {
  const bare = {
    type: form.type || undefined,
    keyName: form.keyName.trim() || undefined,
    model: form.model.trim() || undefined,
    group: form.group.trim() || undefined,
    requestId: form.requestId.trim() || undefined,
  };
  if (from.trim() === '' && to.trim() === '') return { filter: { ...bare, to: now } };
  const { range, problem } = parseRange(from.trim(), to.trim(), now);
  return problem ? { problem: rangeProblemText(problem) } : { filter: { ...bare, ...range } };
}
