import type { Usage } from './usage.ts';

/**
 * The usage without its total where that is 0 and the coverage is not complete: nothing was summed up then,
 * and 0 would claim to know.
 */
export function dropUnknownTotal(usage: Usage): Usage {
  const { total, coverage } = usage;
  if (coverage.complete || total === undefined || total.used !== 0 || (total.requests ?? 0) > 0) return usage;
  const { unit, source } = usage;
  return { unit, source, coverage };
}
