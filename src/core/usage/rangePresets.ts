import { DAY_MS, isoTime } from '../time.ts';
import { localDay } from './range.ts';

/** Ranges that can be chosen by a name. */
export const RANGE_PRESETS = [
  'today',
  'yesterday',
  'last-24-hours',
  'last-7-days',
  'last-30-days',
  'this-month',
  'last-month',
  'this-quarter',
] as const;

/** One of `RANGE_PRESETS`. */
export type RangePreset = (typeof RANGE_PRESETS)[number];

/** Both ends of a range as `parseRange` reads them: local days, or moments for the last 24 hours. */
export interface RangeEnds {
  readonly from: string;
  readonly to: string;
}

/** The range of a preset by the local calendar, at `now` (epoch milliseconds). */
export function presetEnds(preset: RangePreset, now: number): RangeEnds {
  const today = localDay(now);
  const at = new Date(now);
  const day = (offset: number) =>
    localDay(new Date(at.getFullYear(), at.getMonth(), at.getDate() + offset, 12).getTime());
  const month = (offset: number, date: number) =>
    localDay(new Date(at.getFullYear(), at.getMonth() + offset, date, 12).getTime());
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: day(-1), to: day(-1) };
    case 'last-24-hours':
      return { from: isoTime(now - DAY_MS), to: isoTime(now) };
    case 'last-7-days':
      return { from: day(-6), to: today };
    case 'last-30-days':
      return { from: day(-29), to: today };
    case 'this-month':
      return { from: month(0, 1), to: today };
    case 'last-month':
      return { from: month(-1, 1), to: month(0, 0) };
    case 'this-quarter':
      return { from: month(-(at.getMonth() % 3), 1), to: today };
  }
}
