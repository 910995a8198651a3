/** The longest answer as JSON: about ten thousand tokens. */
const MAX_CHARACTERS = 40_000;
const MAX_TEXT_LENGTH = 400;
const LIST_LIMITS: readonly number[] = [500, 200, 100, 50, 20, 10, 5, 2, 1];

/**
 * Truncates an answer for an agent: long texts are cut, and lists to their first items, which matter most;
 * `…LeftOff` beside a list is the number of items left off. Totals stay.
 */
export function truncateAnswer(answer: unknown): unknown {
  let truncated = answer;
  for (const items of LIST_LIMITS) {
    truncated = truncateValue(answer, items);
    if (JSON.stringify(truncated ?? null).length <= MAX_CHARACTERS) break;
  }
  return truncated;
}

function truncateValue(value: unknown, items: number): unknown {
  if (typeof value === 'string')
    return value.length > MAX_TEXT_LENGTH ? `${value.slice(0, MAX_TEXT_LENGTH).toWellFormed()}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, items).map(item => truncateValue(item, items));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const entry = [name, truncateValue(member, items)];
      const leftOff = Array.isArray(member) ? member.length - items : 0;
      return leftOff > 0 ? [entry, [`${name}LeftOff`, leftOff]] : [entry];
    }),
  );
}
