import { HOUR_MS } from '../../core/time.ts';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import { cachedFormat } from '../../text/cachedFormats.ts';

type Step = UsageTimeline['step'];

/**
 * The labels of spend, `2026-06-01` or `2026-06-01T14:00`, for every step of a range, in the time zone of whoever
 * labelled it: the page may be in another one.
 */
export function timeLabels(from: string, to: string, step: Step, timeZone: string): string[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const stride = step === 'hour' ? HOUR_MS : 12 * HOUR_MS;
  const label = labelMaker(step, timeZone);
  const labels = new Set<string>();
  for (let at = start; at < end; at += stride) labels.add(label(at));
  labels.add(label(end));
  return [...labels];
}

const formatsByZone = new Map<string, Intl.DateTimeFormat>();

/** Cached, since to make a format costs a hundred times as much as to use it. */
function labelFormat(timeZone: string): Intl.DateTimeFormat {
  const format =
    formatsByZone.get(timeZone) ??
    new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  formatsByZone.set(timeZone, format);
  return format;
}

/** A function that labels moments. */
export function labelMaker(step: Step, timeZone: string): (ms: number) => string {
  const format = labelFormat(timeZone);
  return ms => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const day = `${parts.year}-${parts.month}-${parts.day}`;
    return step === 'hour' ? `${day}T${parts.hour}:00` : day;
  };
}

/** The label at this step of spend whose label may be more exact. */
export function labelAtStep(label: string, step: Step): string {
  return step === 'day' ? label.slice(0, 'yyyy-mm-dd'.length) : label;
}

const FORMATS = {
  fullday: { dateStyle: 'medium' },
  fullhour: { dateStyle: 'medium', timeStyle: 'short' },
  shortday: { month: 'short', day: 'numeric' },
  shorthour: { hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = cachedFormat(
  (language, name: keyof typeof FORMATS) =>
    new Intl.DateTimeFormat(language, { ...FORMATS[name], timeZone: 'UTC' }),
);

/** A label in the display language: `Jun 1, 2026`, or `Jun 1` where there is little room. */
export function timeText(label: string, style: 'full' | 'short' = 'full'): string {
  const isHour = label.length > 'yyyy-mm-dd'.length;
  const at = Date.parse(isHour ? `${label}Z` : label);
  return Number.isNaN(at) ? label : formats(`${style}${isHour ? 'hour' : 'day'}`).format(at);
}
