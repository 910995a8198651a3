import { isPast, noteChangeAt } from '../../core/nextChange.ts';
import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import {
  presetEnds,
  RANGE_PRESETS,
  type RangeEnds,
  type RangePreset,
} from '../../core/usage/rangePresets.ts';

/** The last 24 hours of so long ago are still the last 24 hours. */
const LAST_DAY_MS = 5 * MINUTE_MS;

/** Whether a preset would still ask this: the day that was today when it was asked is not any more after midnight. */
export function isStillPreset(preset: RangePreset, { from, to }: RangeEnds, now: number): boolean {
  if (preset === 'last-24-hours') return !isPast(Date.parse(to) + LAST_DAY_MS, now);
  noteChangeAt(new Date(now).setHours(24, 0, 0, 0));
  const ends = presetEnds(preset, now);
  return ends.from === from && ends.to === to;
}

/** The preset that a question is, if it is one. */
export function presetOf({ from, to }: RangeEnds, now: number): RangePreset | undefined {
  const isSame = (preset: RangePreset) => {
    const ends = presetEnds(preset, now);
    return ends.from === from && ends.to === to;
  };
  return RANGE_PRESETS.find(isSame) ?? (isLastDay(from, to, now) ? 'last-24-hours' : undefined);
}

function isLastDay(from: string, to: string, now: number): boolean {
  const isMoment = to.length > '2026-06-01'.length;
  return isMoment && Date.parse(to) - Date.parse(from) === DAY_MS && now - Date.parse(to) < LAST_DAY_MS;
}
