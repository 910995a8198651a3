import { isSameKey } from '../quota/listedReading.ts';
import { levelOf } from '../quota/low.ts';
import type { Reading } from '../quota/reading.ts';
import { isSameUnit } from '../quota/unit.ts';

/** The part of what was left that a key without a quota of its own may lose without a doubt; of per cent, so many points. */
const USUAL_PART = 0.1;
const USUAL_POINTS = 10;

/**
 * Whether what a server tells of one of our own keys can be true beside our own reading: the later of the two follows from
 * the earlier one, by what the key may have spent between them. `perDay` is what it usually spends.
 */
export function followsFrom(own: Reading, told: Reading, perDay = 0): boolean {
  const [before, after] = own.takenAt <= told.takenAt ? [own, told] : [told, own];
  // Its id has shown which key it is, so that the name and the way of reading do not matter.
  const bare = ({ name: _, source: __, isAccountPossible: ___, ...reading }: Reading) => reading;
  if (before.quota ?? after.quota) return isSameKey(bare(before), { ...bare(after), name: '' }, perDay);
  const [left, now] = [levelOf(before), levelOf(after)];
  if (!left || !now || left.scale !== now.scale || !isSameUnit(before.unit, after.unit)) return false;
  if (left.left === now.left) return true;
  const usual = left.scale === 'percent' ? USUAL_POINTS : USUAL_PART * Math.max(0, left.left);
  return now.left <= left.left && left.left - now.left <= usual;
}
