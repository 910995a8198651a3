import type { Reading } from './reading.ts';
import { isSameUnit } from './unit.ts';

/** Whether the figures of two readings differ. A change of unit or scale does not count as spend. */
export function hasMoved(before: Reading, after: Reading): boolean {
  if (!isSameUnit(before.unit, after.unit)) return false;
  return figuresOf(after).some((figure, index) => differs(figuresOf(before)[index], figure));
}

function figuresOf({ quota, account, budget }: Reading): readonly (number | undefined)[] {
  return [quota?.used, quota?.remaining, account?.used, account?.balance, budget?.spent];
}

/** A figure that only one of two readings has was read in another way; that is no spend. */
function differs(before: number | undefined, after: number | undefined): boolean {
  return before !== undefined && after !== undefined && before !== after;
}
