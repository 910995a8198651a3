/** A span of every day, in minutes since the local midnight; it may reach over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const DAY_MINUTES = 24 * 60;

/** Reads `22:00-07:00`; undefined for anything else, and for a span without length. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const match = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (!match) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (fromMinute > 59 || toMinute > 59) return undefined;
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  return from >= DAY_MINUTES || to > DAY_MINUTES || from === to ? undefined : { from, to };
}

/** Whether a moment is within quiet hours, by the local clock. */
export function isQuiet(hours: QuietHours | undefined, now: number): boolean {
  if (!hours) return false;
  const at = new Date(now);
  const minute = at.getHours() * 60 + at.getMinutes();
  const { from, to } = hours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
