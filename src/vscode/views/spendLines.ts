import type { KeyState } from '../../core/quota/keyState.ts';

type SpendLines = (keys: readonly KeyState[], others: readonly KeyState[], now: number) => readonly string[];

let linesOf: SpendLines = () => [];

/** Sets what the tooltip says of spend. That code is loaded late: stored figures have none of it. */
export function setSpendLines(lines: SpendLines): void {
  linesOf = lines;
}

/** What keys spent, in sum, as lines of the tooltip; of `others`, which have no card there, also what is spent of their limits. */
export function spendLines(
  keys: readonly KeyState[],
  others: readonly KeyState[],
  now: number,
): readonly string[] {
  return linesOf(keys, others, now);
}
