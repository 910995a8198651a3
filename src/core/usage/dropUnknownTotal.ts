import type { Usage } from './usage.ts';

/**
 * Usage without a total that nobody told. A sum over nothing is 0, and where a part of the range is missing, 0 is
 * only our own: what was spent there is not known.
 */
export function dropUnknownTotal(usage: Usage): Usage {
  const { total, coverage } = usage;
  if (coverage.complete || total === undefined || total.used !== 0 || (total.requests ?? 0) > 0) return usage;
  const { unit, source } = usage;
  return { unit, source, coverage };
}
