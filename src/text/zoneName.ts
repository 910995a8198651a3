import { t } from '../words/l10n.ts';
import { inDisplayZone } from './zone.ts';

/** What a system calls a zone that it does not know; it counts in UTC then. */
const UNKNOWN = 'Etc/Unknown';

/** The zone in which all times are shown, parsed and summed up, by its IANA name. */
export function displayZone(): string {
  const { timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone } = inDisplayZone();
  return timeZone === UNKNOWN || timeZone === undefined ? 'UTC' : timeZone;
}

/** The zone as a sentence, to stand on every page with times on it. */
export function zoneText(): string {
  return t('All times are in the time zone {0}.', displayZone());
}

/** Now as the clocks on the walls of the display zone show it, read as a time of this process' own zone. */
export function wallClock(now: number): number {
  const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: displayZone(),
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find(each => each.type === type)?.value);
  return new Date(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')).getTime();
}
