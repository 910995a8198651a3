/** What a model can take in without its own work being pushed out: about ten thousand tokens. */
const MOST_SIGNS = 40_000;
const MOST_TEXT = 400;
const ITEMS: readonly number[] = [500, 200, 100, 50, 20, 10, 5, 2, 1];

/**
 * An answer for an agent, made short enough. The first items of a list stay, which are those that matter most, and how
 * many were left off stands beside it under `…LeftOff`; totals are never touched.
 */
export function bounded(answer: unknown): unknown {
  let shorter = answer;
  for (const items of ITEMS) {
    shorter = shortened(answer, items);
    if (JSON.stringify(shorter ?? null).length <= MOST_SIGNS) break;
  }
  return shorter;
}

function shortened(value: unknown, items: number): unknown {
  if (typeof value === 'string')
    return value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT).toWellFormed()}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, items).map(item => shortened(item, items));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const own = [name, shortened(member, items)];
      const leftOff = Array.isArray(member) ? member.length - items : 0;
      return leftOff > 0 ? [own, [`${name}LeftOff`, leftOff]] : [own];
    }),
  );
}
