import { cachedFormat } from './cachedFormats.ts';
import { displayZoneOption } from './zone.ts';

const logTimeFormat = cachedFormat(
  (language, _name: 'second') =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', ...displayZoneOption() }),
);

/** Date and time to the second in the display zone, from ISO 8601: `Jun 15, 2026, 12:00:00 PM`. */
export function logTimeText(time: string): string {
  return logTimeFormat('second').format(Date.parse(time));
}
