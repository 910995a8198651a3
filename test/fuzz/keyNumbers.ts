import { headroomOf, shareLeft } from '../../src/core/quota/headroom.ts';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { limitOf, type QuotaWindow, remainingOf } from '../../src/core/quota/quotaWindow.ts';
import { clockText } from '../../src/text/time.ts';
import { figuresIn, numbersIn } from './numbers.ts';
import { timeNumbers } from './renderedTimes.ts';
import { NOW } from './states.ts';

/** Now, for a check that is overdue. */
const NOW_NUMBERS: readonly number[] = [
  ...timeNumbers(new Date(NOW).toISOString()),
  ...figuresIn(clockText(NOW, NOW)).map(({ value }) => value),
];

/** What is left of a window and what was used of it, where only one of them is told; per cent are of 100. */
function windowNumbers(window: QuotaWindow): number[] {
  const [limit, remaining] = [limitOf(window), remainingOf(window)];
  return typeof limit === 'number' && remaining !== undefined ? [limit, remaining, limit - remaining] : [];
}

/** What may be said of a key: its numbers, and what follows from them. */
export function keyNumbers(key: KeyState): number[] {
  const { reading } = key;
  const headroom = headroomOf(reading);
  const share = shareLeft(headroom);
  const { total, remaining } = headroom;
  const { budget } = reading ?? {};
  return [
    ...numbersIn(key),
    ...timeNumbers(key),
    ...(share === undefined ? [] : [share * 100]),
    ...(remaining === undefined ? [] : [remaining]),
    ...(key.forecast?.perDay === undefined ? [] : [key.forecast.perDay / 24]),
    ...(total === undefined || remaining === undefined ? [] : [total - remaining]),
    ...(budget?.spent !== undefined && budget.limit !== null ? [budget.limit - budget.spent] : []),
    ...(reading?.windows ?? []).flatMap(windowNumbers),
    ...NOW_NUMBERS,
  ];
}
