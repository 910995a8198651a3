/** A range of days, or what is wrong with it. */
export type DayRange = { from: string; to: string; error?: undefined } | { error: string | undefined };

/** The range a query asks for: both dates, or none. */
export function dayRange(query: URLSearchParams): DayRange {
  const from = query.get('start_date');
  const to = query.get('end_date');
  for (const date of [from, to]) {
    if (date !== null && !isDay(date)) return { error: 'invalid date format, expected YYYY-MM-DD' };
  }
  // One date alone is taken like none.
  if (from === null || to === null) return { error: undefined };
  return to < from ? { error: 'end_date must not be before start_date' } : { from, to };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // 30 February is moved on by the calendar, and so does not come back as it went.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
