import type { KeySpend } from '../quota/keyState.ts';

/** Whether spend that was noticed over a midnight, in epoch milliseconds, may be of before it or after it. */
export function isUndivided({ undividedAt }: Pick<KeySpend, 'undividedAt'>, midnight: number): boolean {
  return undividedAt?.some(at => Date.parse(at) === midnight) ?? false;
}
