/** A range of epoch seconds, or what is wrong with it, or nothing when none was asked for. */
export type SecondsRange = { from: number; to: number; error?: undefined } | { error: string };

/** Reads `start_timestamp` and `end_timestamp`, which must come together. */
export function secondsRange(query: URLSearchParams): SecondsRange | undefined {
  const start = query.get('start_timestamp');
  const end = query.get('end_timestamp');
  if (start === null && end === null) return undefined;
  if (start === null || end === null) {
    return { error: 'start_timestamp and end_timestamp must be provided together' };
  }
  if (!/^\d+$/.test(start) || !/^\d+$/.test(end)) return { error: 'timestamps must be unix seconds' };
  const from = Number(start);
  const to = Number(end);
  if (from >= 1e12 || to >= 1e12) return { error: 'timestamps must be unix seconds, not milliseconds' };
  return to < from ? { error: 'end_timestamp must not be before start_timestamp' } : { from, to };
}
