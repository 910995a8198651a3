import { cachedFormat } from './cachedFormats.ts';
import { inDisplayZone } from './zone.ts';

const formats = cachedFormat(
  (language, _name: 'second') =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', ...inDisplayZone() }),
);

/** Date and time to the second, in the display language and the display zone. ISO 8601 comes in. */
export function logTimeText(time: string): string {
  return formats('second').format(Date.parse(time));
}
