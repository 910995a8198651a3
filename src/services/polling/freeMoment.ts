/**
 * Finds a moment in a span for a check that is far from other checks: the wanted one where its distance is enough, else
 * the one with the largest distance. Evenly spaced checks of a limiter are never a burst.
 * @param wanted a moment of the span.
 * @param others when other checks are due, in any order.
 * @param joinable moments at which something else is done anyway: the one closest to what is wanted is taken, if it is
 * in the span and far enough from others, because a process that wakes once for both costs less.
 */
export function freeMoment(
  [from, to]: readonly [from: number, to: number],
  wanted: number,
  others: readonly number[],
  enoughMs: number,
  joinable: readonly number[] = [],
): number {
  const distance = (at: number) => Math.min(...others.map(other => Math.abs(other - at)));
  const joined = joinable
    .filter(at => at >= from && at <= to && distance(at) >= enoughMs)
    .reduce<number | undefined>((best, at) => (isCloser(at, best, wanted) ? at : best), undefined);
  if (joined !== undefined) return joined;
  if (distance(wanted) >= enoughMs) return wanted;
  const sorted = others.toSorted((a, b) => a - b);
  const middles = sorted.slice(1).map((other, index) => Math.round((other + (sorted[index] ?? other)) / 2));
  const inside = middles.filter(at => at > from && at < to);
  return [from, to, ...inside].reduce((best, at) => (distance(at) > distance(best) ? at : best), wanted);
}

function isCloser(at: number, best: number | undefined, wanted: number): boolean {
  return best === undefined || Math.abs(at - wanted) < Math.abs(best - wanted);
}
