import { kept } from './formats.ts';
import { t } from './l10n.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Each up to two of the next larger unit, so that rounding down never takes away half of what is left. */
const STEPS: readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [2 * HOUR, MINUTE, 'minute'],
  [2 * DAY, HOUR, 'hour'],
  [60 * DAY, DAY, 'day'],
  [730 * DAY, 30 * DAY, 'month'],
  [Number.POSITIVE_INFINITY, 365 * DAY, 'year'],
];

/** So little short of a whole unit counts as one: a warning three days ahead is seen a minute later. */
const ALMOST = 0.05;

const MOMENTS = {
  dateAndTime: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const moments = kept(
  (language, name: keyof typeof MOMENTS) => new Intl.DateTimeFormat(language, MOMENTS[name]),
);
/** The time of day of a minute, counted since the epoch: keys are checked by the hundred in one. */
const timesOfDay = kept((_language, minute: number) => moments('time').format(minute * MINUTE));
const distances = kept((language, numeric: 'always') => new Intl.RelativeTimeFormat(language, { numeric }));
/** There are few of them as well: each unit counts to where the next begins. */
const distanceTexts = kept((_language, name: `${number} ${Intl.RelativeTimeFormatUnit}`) => {
  const [count = '', unit] = name.split(' ') as [string, Intl.RelativeTimeFormatUnit];
  return distances('always').format(Number(count), unit);
});

const durations = kept(
  (language, unit: Intl.RelativeTimeFormatUnit) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }),
);

/** A moment seen from `now`: `in 3 days`, `5 minutes ago`. Times in ISO 8601 or epoch milliseconds. */
export function relativeText(time: string | number, now: number): string {
  const distance = toMs(time) - now;
  const size = Math.abs(distance);
  if (size < 45 * SECOND) return t('just now');
  const [, step, unit] = STEPS.find(([limit]) => size < limit) ?? STEPS[STEPS.length - 1] ?? [0, DAY, 'day'];
  // What ends must not seem to last longer than it does.
  const whole = distance > 0 ? Math.floor(size / step + ALMOST) : Math.round(size / step);
  return distanceTexts(`${Math.sign(distance) * Math.max(1, whole)} ${unit}`);
}

/** So much time, in one unit and rounded down: `3 days`. */
export function durationText(ms: number): string {
  const [, step, unit] = STEPS.find(([limit]) => ms < limit) ?? STEPS[STEPS.length - 1] ?? [0, DAY, 'day'];
  return durations(unit).format(Math.max(0, Math.floor(ms / step)));
}

/** Date and time in the display language and the local time zone. */
export function dateTimeText(time: string | number): string {
  return moments('dateAndTime').format(toMs(time));
}

/** The time of day when `time` is less than a day away, else date and time. */
export function clockText(time: string | number, now: number): string {
  const at = toMs(time);
  return Math.abs(at - now) < 20 * HOUR ? timesOfDay(Math.floor(at / MINUTE)) : dateTimeText(at);
}

function toMs(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time);
}
