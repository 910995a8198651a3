import type { UsageTimeline } from './usage.ts';

type Step = UsageTimeline['step'];

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

/** A function that labels moments as spend is labeled: `2026-06-01` or `2026-06-01T14:00`. */
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
