import * as l10n from '@vscode/l10n';
import { displayZoneOption } from './zone.ts';

/** The name that a system gives to a zone that it does not know; it uses UTC then. */
const UNKNOWN_ZONE = 'Etc/Unknown';

/**
 * The zone in which all times are shown, parsed and summed up: its IANA name, or its offset from UTC where the system
 * has no name for it (`TZ=CST-8`) or a name that means another zone.
 */
export function displayZone(): string {
  const { timeZone } = displayZoneOption();
  if (timeZone !== undefined) return timeZone;
  const now = new Date();
  const { timeZone: systemZone } = new Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  return systemZone !== undefined && systemZone !== UNKNOWN_ZONE && showsLocalTime(now, systemZone)
    ? systemZone
    : offsetName(now.getTimezoneOffset());
}

/** Whether the local time of a zone is that of this process. */
function showsLocalTime(now: Date, timeZone: string): boolean {
  const format = new Intl.DateTimeFormat('en-u-nu-latn', { timeZone, timeStyle: 'short', hourCycle: 'h23' });
  const digits = (value: number) => String(value).padStart(2, '0');
  return format.format(now) === `${digits(now.getHours())}:${digits(now.getMinutes())}`;
}

/** The name of an offset, such as `+08:00`, from minutes with JavaScript's sign: positive where UTC is ahead. */
function offsetName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const [hour, minute] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes > 0 ? '-' : '+'}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The zone as a sentence for every page with times: `All times are in the time zone UTC.` */
export function zoneText(): string {
  return l10n.t('All times are in the time zone {0}.', displayZone());
}

/** Now as clocks in the display zone show it, as a time of this process' zone. */
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
