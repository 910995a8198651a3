import { isPast, noteChangeAt } from '../../core/nextChange.ts';
import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import {
  presetEnds,
  RANGE_PRESETS,
  type RangeEnds,
  type RangePreset,
} from '../../core/usage/rangePresets.ts';

/** How long “the last 24 hours” stays pressed, although its ends move on. */
const PRESET_TOLERANCE_MS = 5 * MINUTE_MS;

/** Whether a preset still means this range: “today” means another one after midnight. */
export function isStillPreset(preset: RangePreset, { from, to }: RangeEnds, now: number): boolean {
  if (preset === 'last-24-hours') return !isPast(Date.parse(to) + PRESET_TOLERANCE_MS, now);
  noteChangeAt(new Date(now).setHours(24, 0, 0, 0));
  const ends = presetEnds(preset, now);
  return ends.from === from && ends.to === to;
}

/** The preset that has these ends; undefined when none has. */
export function presetOf({ from, to }: RangeEnds, now: number): RangePreset | undefined {
  const isSame = (preset: RangePreset) => {
    const ends = presetEnds(preset, now);
    return ends.from === from && ends.to === to;
  };
  return RANGE_PRESETS.find(isSame) ?? (isLastDay(from, to, now) ? 'last-24-hours' : undefined);
}

function isLastDay(from: string, to: string, now: number): boolean {
  const isMoment = to.length > '2026-06-01'.length;
  return (
    isMoment && Date.parse(to) - Date.parse(from) === DAY_MS && now - Date.parse(to) < PRESET_TOLERANCE_MS
  );
}
