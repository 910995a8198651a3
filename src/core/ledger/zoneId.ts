const FIRST_YEAR = 2020;

const MONTHS = 15 * 12;

const zoneIds = new Map<string, string>();

/** Tells time zones apart, and rules of one zone that have changed: its name, and where its offset changes. */
export function zoneId(): string {
  // Asking for the name takes ten times as long as all the offsets.
  const offsets = offsetChanges();
  const known = zoneIds.get(offsets) ?? `${Intl.DateTimeFormat().resolvedOptions().timeZone} ${offsets}`;
  zoneIds.set(offsets, known);
  return known;
}

/** By month, since the first year. */
function offsetChanges(): string {
  const offsets: string[] = [];
  let last: number | undefined;
  for (let month = 0; month < MONTHS; month++) {
    const offset = new Date(FIRST_YEAR, month).getTimezoneOffset();
    if (offset !== last) offsets.push(`${month}:${offset}`);
    last = offset;
  }
  return offsets.join(' ');
}
