import { cachedFormat } from './cachedFormats.ts';
import { inDisplayZone } from './zone.ts';

const formats = cachedFormat(
  (language, _name: 'second') =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', ...inDisplayZone() }),
);

/** Date and time to the second in the display zone, from ISO 8601: `Jun 15, 2026, 12:00:00 PM`. */
export function logTimeText(time: string): string {
  return formats('second').format(Date.parse(time));
}
