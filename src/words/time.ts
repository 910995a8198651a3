import { locale, t } from './l10n.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [90 * MINUTE, MINUTE, 'minute'],
  [36 * HOUR, HOUR, 'hour'],
  [60 * DAY, DAY, 'day'],
  [700 * DAY, 30 * DAY, 'month'],
  [Number.POSITIVE_INFINITY, 365 * DAY, 'year'],
];

/** A moment seen from `now`: `in 3 days`, `5 minutes ago`. Times in ISO 8601 or epoch milliseconds. */
export function relativeText(time: string | number, now: number): string {
  const distance = toMs(time) - now;
  const size = Math.abs(distance);
  if (size < 45 * SECOND) return t('just now');
  const [, step, unit] = STEPS.find(([limit]) => size < limit) ?? STEPS[STEPS.length - 1] ?? [0, DAY, 'day'];
  const count = Math.sign(distance) * Math.max(1, Math.round(size / step));
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'always' }).format(count, unit);
}

/** Date and time in the display language and the local time zone. */
export function dateTimeText(time: string | number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(toMs(time));
}

/** The time of day when `time` is less than a day away, else date and time. */
export function clockText(time: string | number, now: number): string {
  const near = Math.abs(toMs(time) - now) < 20 * HOUR;
  return near
    ? new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(toMs(time))
    : dateTimeText(time);
}

function toMs(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time);
}
