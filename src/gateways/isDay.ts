/** Whether a text is a day that exists: `2026-06-01`. `Date.parse` alone would read June 31 as the first of July. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
