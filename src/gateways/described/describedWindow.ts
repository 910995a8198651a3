import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import type { UnreadablePart } from '../../core/quota/reading.ts';
import { MAX_PERCENT } from '../percentWindow.ts';
import type { DescribedWindow, Description } from './description.ts';
import { amountAt, type Figure, type Looked, limitAt, timeAt, usedAt } from './figures.ts';
import type { Missing } from './missing.ts';

/** A window by its description, and what could not be read of it. */
export interface ReadWindow {
  readonly window: QuotaWindow;
  readonly missing: readonly Missing[];
  /** Whether anything of it is known beside its name. */
  readonly isKnown: boolean;
}

/** Per cent: more than all of a window cannot be left. */
const MOST_LEFT = 100;

/** Reads one window of an answer. What cannot be read of it is not known; the window stays. */
export function describedWindow(
  { name, unit = 'money', ...described }: DescribedWindow,
  answer: unknown,
  { divisor: usualDivisor = 1 }: Description,
): ReadWindow {
  // Only windows in money use the divisor of the whole description.
  const divisor = described.divisor ?? (unit === 'money' ? usualDivisor : 1);
  const missing: Missing[] = [];
  const look = <T>(member: keyof typeof described, lookAt: (path: string) => Looked<T>) => {
    const path = described[member];
    if (typeof path !== 'string') return undefined;
    const { value, found } = lookAt(path);
    if (found !== undefined) missing.push({ at: `${name}: ${member}` satisfies UnreadablePart, found });
    return value;
  };
  const used = look('used', path => within(MAX_PERCENT, usedAt(answer, path, divisor), unit));
  const limit = look('limit', path => asLimit(limitAt(answer, path, divisor), described.remaining));
  const remaining = look('remaining', path => within(MOST_LEFT, amountAt(answer, path, divisor), unit));
  const resetsAt = look('resetsAt', path => timeAt(answer, path));
  return {
    window: {
      name,
      used: used?.amount,
      limit: limit === null ? null : limit?.amount,
      remaining: remaining?.amount,
      unit,
      resetsAt: resetsAt ?? undefined,
    },
    missing,
    isKnown: used !== undefined || remaining !== undefined || limit === null,
  };
}

/** A limit of 0 that nothing else explains may as well mean that there is none. */
function asLimit(looked: Looked<Figure | null>, remaining: string | undefined): Looked<Figure | null> {
  return remaining === undefined && looked.value?.raw === 0 ? { found: 'number' } : looked;
}

/** A percentage from 0 to the most. */
function within(most: number, looked: Looked<Figure>, unit: QuotaWindow['unit']): Looked<Figure> {
  const { value } = looked;
  const isImpossible = unit === 'percent' && value && (value.amount < 0 || value.amount > most);
  return isImpossible ? { found: 'number' } : looked;
}
