import { HOUR_MS } from '../../core/time.ts';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import { cachedFormat } from '../../text/cachedFormats.ts';

type Step = UsageTimeline['step'];

/**
 * The labels under which spend is dated, `2026-06-01` or `2026-06-01T14:00`, for every step of a range, in
 * the time zone of whoever dated it: the page may be in another one.
 */
export function timeLabels(from: string, to: string, step: Step, timeZone: string): string[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const stride = step === 'hour' ? HOUR_MS : 12 * HOUR_MS;
  const label = labeller(step, timeZone);
  const labels = new Set<string>();
  for (let at = start; at < end; at += stride) labels.add(label(at));
  labels.add(label(end));
  return [...labels];
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does. */
function inZone(timeZone: string): Intl.DateTimeFormat {
  const format =
    zones.get(timeZone) ??
    new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  zones.set(timeZone, format);
  return format;
}

/** Makes labels of moments. */
export function labeller(step: Step, timeZone: string): (ms: number) => string {
  const format = inZone(timeZone);
  return ms => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const day = `${parts.year}-${parts.month}-${parts.day}`;
    return step === 'hour' ? `${day}T${parts.hour}:00` : day;
  };
}

/** A label of this step for spend that may be dated more finely. */
export function atStep(label: string, step: Step): string {
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
