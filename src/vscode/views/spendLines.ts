import type { KeyState } from '../../core/quota/keyState.ts';

type SpendLines = (keys: readonly KeyState[], now: number) => readonly string[];

let linesOf: SpendLines = () => [];

/** Sets what the tooltip says of spend. That code is loaded late: stored figures have none of it. */
export function setSpendLines(lines: SpendLines): void {
  linesOf = lines;
}

/** What keys spent, in sum, as lines of the tooltip. */
export function spendLines(keys: readonly KeyState[], now: number): readonly string[] {
  return linesOf(keys, now);
}
