/** Something in a calendar that happens at one moment. */
export interface CalendarEvent {
  /** Stays the same for the same event, so that a calendar that imports it again updates the first. */
  readonly uid: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly title: string;
  readonly text: string;
  /** How long before to remind, in days. */
  readonly remindDays: number;
}

const MAX_OCTETS = 75;
/** Calendars write years with four digits. A key that ends from the year 9999 on is meant to have no end. */
const LAST_TIME = Date.UTC(9999, 0, 1);

/**
 * Serializes events as an iCalendar file by RFC 5545: CRLF, folded lines, escaped texts, times in UTC. `now`, in
 * milliseconds since 1970, is when the file was made.
 */
export function calendarText(name: string, events: readonly CalendarEvent[], now: number): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Key Quota//Key Quota for VS Code//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeIcsText(name)}`,
    ...events.filter(({ at }) => at < LAST_TIME).flatMap(event => eventLines(event, now)),
    'END:VCALENDAR',
  ]
    .map(line => `${foldLine(line)}\r\n`)
    .join('');
}

function eventLines({ uid, at, title, text, remindDays }: CalendarEvent, now: number): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapeIcsText(uid)}`,
    `DTSTAMP:${icsTime(now)}`,
    `DTSTART:${icsTime(at)}`,
    `SUMMARY:${escapeIcsText(title)}`,
    `DESCRIPTION:${escapeIcsText(text)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeIcsText(title)}`,
    `TRIGGER:-P${remindDays}D`,
    'END:VALARM',
    'END:VEVENT',
  ];
}

/** `20260701T090000Z`. */
function icsTime(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Line breaks become `\n`; other control characters are not allowed in a text. */
function escapeIcsText(text: string): string {
  return text
    .replace(/\r\n?|\n/g, '\n')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** The length of a character in UTF-8. */
function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/**
 * Cuts a line into pieces of at most 75 octets, never inside a character; each piece but the first begins with a space.
 */
function foldLine(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = utf8Length(character);
    if (octets + size > MAX_OCTETS) {
      pieces.push(piece);
      piece = '';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}
