import { HOUR_MS } from '../../core/time.ts';
import { labelMaker } from '../../core/usage/spendLabel.ts';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import { cachedFormat } from '../../text/cachedFormats.ts';

type Step = UsageTimeline['step'];

/**
 * The labels of spend, `2026-06-01` or `2026-06-01T14:00`, for every step of a range, in the time zone of whoever
 * labeled it: the page may be in another one.
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
