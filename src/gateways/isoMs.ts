/** A day, a time, and an offset, behind which Go writes the name of the zone: `2026-06-01 00:00:00 +0800 CST`. */
const ISO =
  /^((?:\d{4}|[+-]\d{6})(-\d\d-\d\d))(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(?:Z|UTC|GMT|([+-]\d\d)(?::?(\d\d))?(?: \S+)*)?)?$/i;

/**
 * The moment of ISO 8601 in epoch milliseconds, in UTC where no zone is named. `Date.parse` alone reads more, but in this
 * computer's zone or wrongly: the year 1 as 2001, June 31 as the first of July.
 */
export function isoMsOf(text: string): number | undefined {
  const [, day, monthAndDay = '', time = '00:00', hours, minutes = '00'] = ISO.exec(text.trim()) ?? [];
  const midnight = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().includes(`${monthAndDay}T`))
    return undefined;
  const ms = Date.parse(`${day}T${time.replace(',', '.')}${hours ? `${hours}:${minutes}` : 'Z'}`);
  return Number.isNaN(ms) ? undefined : ms;
}
