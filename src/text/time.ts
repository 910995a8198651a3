import * as l10n from '@vscode/l10n';
import { isPast, noteChangeAt } from '../core/nextChange.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/time.ts';
import { cachedFormat } from './cachedFormats.ts';
import { displayZoneOption } from './zone.ts';

/**
 * Each unit is used until two of the next larger one are over, so that rounding down hides less than half of what is
 * left. A month has 31 days and a year 366: nothing may seem to last longer than it does.
 */
const UNIT_STEPS: readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [2 * HOUR_MS, MINUTE_MS, 'minute'],
  [2 * DAY_MS, HOUR_MS, 'hour'],
  [62 * DAY_MS, DAY_MS, 'day'],
  [732 * DAY_MS, 31 * DAY_MS, 'month'],
  [Number.POSITIVE_INFINITY, 366 * DAY_MS, 'year'],
];
/** The step for no time at all. */
const NO_STEP = [Number.POSITIVE_INFINITY, DAY_MS, 'day'] as const;

/** From here to two hours, minutes alone are hard to read. */
const WITH_HOUR_FROM = 90;
const HOUR_MINUTES = 60;

/** Within this time a time of day without a date is clear. */
const TIME_ONLY_WITHIN_MS = 20 * HOUR_MS;
const JUST_NOW_MS = 45 * SECOND_MS;
/** From ten years on, a distance says less than a date. */
const FAR_AHEAD_MS = 3653 * DAY_MS;

const FORMAT_OPTIONS = {
  dateAndTime: { dateStyle: 'medium', timeStyle: 'short' },
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const momentFormat = cachedFormat(
  (language, name: keyof typeof FORMAT_OPTIONS) =>
    new Intl.DateTimeFormat(language, { ...FORMAT_OPTIONS[name], ...displayZoneOption() }),
);
/** The time of day of a minute since 1970. Cached, since hundreds of keys are checked in the same minute. */
const timeOfDayText = cachedFormat((_language, minute: number) =>
  momentFormat('time').format(minute * MINUTE_MS),
);
const relativeFormat = cachedFormat(
  (language, numeric: 'always') => new Intl.RelativeTimeFormat(language, { numeric }),
);
/** Cached, since there are few: each unit counts up to where the next one begins. */
const relativeUnitText = cachedFormat((_language, name: `${number} ${Intl.RelativeTimeFormatUnit}`) => {
  const [text = '', unit] = name.split(' ') as [string, Intl.RelativeTimeFormatUnit];
  const count = Number(text);
  if (!isWithHour(Math.abs(count), unit)) return spaced(relativeFormat('always').format(count, unit));
  const distance = unitsText(Math.abs(count), unit);
  return count > 0 ? l10n.t('in {0}', distance) : l10n.t('{0} ago', distance);
});

const durationFormat = cachedFormat(
  (language, unit: Intl.RelativeTimeFormatUnit) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }),
);

/**
 * A moment relative to `now`: `in 3 days`, `5 minutes ago`; a date where it is more than ten years ahead. Times in ISO
 * 8601 or epoch milliseconds.
 */
export function relativeText(time: string | number, now: number): string {
  const at = epochMs(time);
  const distance = at - now;
  if (distance > 0 && distance < MINUTE_MS) {
    noteChangeAt(at);
    return l10n.t('in less than a minute');
  }
  if (distance <= 0 && -distance < JUST_NOW_MS) {
    noteChangeAt(at + JUST_NOW_MS);
    return l10n.t('just now');
  }
  if (isFarAhead(at, now)) return momentFormat('date').format(at);
  const [count, unit] = distance > 0 ? unitsLeft(at, now) : unitsPassed(at, now);
  return relativeUnitText(`${Math.sign(distance) * count} ${unit}`);
}

/** The time until a moment, rounded down: `3 days`. Both in milliseconds since 1970. */
export function timeLeftText(at: number, now: number): string {
  unitsLeft(at, now);
  return durationText(at - now);
}

/** An amount of time, rounded down: `3 hours` for 3 hours 59 minutes. */
export function durationText(ms: number): string {
  const [, step, unit] = unitStepFor(ms);
  return unitsText(Math.floor(Math.max(0, ms) / step), unit);
}

/** `3 hours`, and `1 hour 45 minutes` for 105 minutes. */
function unitsText(count: number, unit: Intl.RelativeTimeFormatUnit): string {
  return isWithHour(count, unit)
    ? l10n.t('1 hour {0}', spaced(durationFormat(unit).format(count - HOUR_MINUTES)))
    : spaced(durationFormat(unit).format(count));
}

/** Chinese as all other texts have it, with a space between a number and its unit. */
function spaced(text: string): string {
  return text.replace(/\d(?=\p{sc=Han})/u, '$& ');
}

function isWithHour(count: number, unit: Intl.RelativeTimeFormatUnit): boolean {
  return unit === 'minute' && count >= WITH_HOUR_FROM;
}

/** Whether a moment is more than ten years ahead: such an end is hardly meant as a date. */
export function isFarAhead(at: number, now: number): boolean {
  return !isPast(at - FAR_AHEAD_MS, now);
}

/**
 * The time that is left, rounded down so that it never shows more than there is. All texts about it use this, so that
 * they agree.
 */
function unitsLeft(at: number, now: number): [count: number, unit: Intl.RelativeTimeFormatUnit] {
  const [, step, unit] = unitStepFor(at - now);
  const count = Math.max(1, Math.floor((at - now) / step));
  if (count * step <= at - now) noteChangeAt(at - count * step + 1);
  return [count, unit];
}

/**
 * The time that has passed, rounded to the nearest unit; a value that is rounded up to two of the next unit is shown in
 * that unit.
 */
function unitsPassed(at: number, now: number): [count: number, unit: Intl.RelativeTimeFormatUnit] {
  const passed = now - at;
  const [, step, unit] =
    UNIT_STEPS.find(([limit, size]) => Math.round(passed / size) * size < limit) ?? NO_STEP;
  const count = Math.max(1, Math.round(passed / step));
  noteChangeAt(at + (count + 0.5) * step);
  return [count, unit];
}

function unitStepFor(ms: number): Readonly<(typeof UNIT_STEPS)[number]> {
  return UNIT_STEPS.find(([limit]) => ms < limit) ?? NO_STEP;
}

/** Date and time in the display zone: `Jun 15, 2026, 12:00 PM`. */
export function dateTimeText(time: string | number): string {
  return momentFormat('dateAndTime').format(epochMs(time));
}

/** The date in the display zone: `Jun 15, 2026`. */
export function dateText(time: string | number): string {
  return momentFormat('date').format(epochMs(time));
}

/** The time of day when `time` is less than 20 hours away (`12:00 PM`), else date and time. */
export function clockText(time: string | number, now: number): string {
  const at = epochMs(time);
  const isNear = isPast(at - TIME_ONLY_WITHIN_MS + 1, now) && !isPast(at + TIME_ONLY_WITHIN_MS, now);
  return isNear ? timeOfDayText(Math.floor(at / MINUTE_MS)) : dateTimeText(at);
}

function epochMs(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time);
}
