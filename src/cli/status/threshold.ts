import type { KeyState } from '../../core/quota/keyState.ts';
import { levelOf } from '../../core/quota/low.ts';
import { UNUSABLE } from '../../core/quota/statusName.ts';
import { exitCodes } from '../exitCodes.ts';

/**
 * The exit code for a threshold in per cent: `failed` where a key is below it or cannot be used, else `unavailable`
 * where that is not known of one, because its figure is old or has no total. An unlimited key is above it.
 */
export function codeForThreshold(keys: readonly KeyState[], percent: number): number {
  const found = keys.map(key => isBelow(key, percent));
  if (found.includes(true)) return exitCodes.failed;
  return found.length === 0 || found.includes(undefined) ? exitCodes.unavailable : exitCodes.ok;
}

function isBelow({ status, reading }: KeyState, percent: number): boolean | undefined {
  if (UNUSABLE.has(status)) return true;
  if (status === 'stale' || status === 'unknown') return undefined;
  const level = levelOf(reading);
  return level?.scale === 'percent' ? level.left < percent : undefined;
}
