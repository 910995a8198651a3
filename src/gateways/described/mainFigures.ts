import { createHash } from 'node:crypto';
import type { Counted, Quota, Reading, UnreadablePart } from '../../core/quota/reading.ts';
import { round6 } from '../../core/quota/unit.ts';
import type { Description } from './description.ts';
import { amountAt, type Figure, flagAt, type Looked, limitAt, usedAt } from './figures.ts';
import type { Missing } from './missing.ts';

/** What a description says of the key or the account as a whole. */
export interface MainFigures {
  readonly quota?: Quota;
  readonly account?: Reading['account'];
  readonly counted?: Counted;
  readonly missing: readonly Missing[];
  readonly isKnown: boolean;
}

/** Reads what is left, used and granted in all. Amounts that are not known are absent, and named. */
export function mainFigures(description: Description, answer: unknown): MainFigures {
  const { divisor = 1 } = description;
  const missing: Missing[] = [];
  const look = <T>(
    member: 'remaining' | 'used' | 'total' | 'unlimited',
    lookAt: (path: string) => Looked<T>,
    at: UnreadablePart = member,
  ) => {
    const path = description[member];
    if (path === undefined) return undefined;
    const { value, found } = lookAt(path);
    if (found !== undefined) missing.push({ at, found });
    return value;
  };
  const isAccount = description.of === 'account';
  const unlimited = look('unlimited', path => flagAt(answer, path));
  const total = look('total', path => asTotal(limitAt(answer, path, divisor), description));
  const used = look('used', path => usedAt(answer, path, divisor));
  const counted = (remaining: number | undefined): Counted => ({
    perUnit: divisor,
    source: countedBy(description),
    of: isAccount ? 'account' : 'quota',
    used: used?.raw,
    remaining,
  });
  if (unlimited || total === null)
    return {
      quota: { unlimited: true, used: used?.amount },
      counted: counted(undefined),
      missing,
      isKnown: true,
    };
  const told = look(
    'remaining',
    path => amountAt(answer, path, divisor),
    isAccount ? 'balance' : 'remaining',
  );
  // Where nobody knows whether there is a limit, what seems to be left of it says nothing.
  const isDoubtful = description.unlimited !== undefined && unlimited === undefined;
  const remaining = isDoubtful ? undefined : (told ?? remainderOf(description, total, used));
  const isKnown = remaining !== undefined || used !== undefined;
  if (isAccount)
    return {
      account: isKnown ? { balance: remaining?.amount, used: used?.amount } : undefined,
      counted: counted(remaining?.raw),
      missing,
      isKnown,
    };
  const granted = isDoubtful ? undefined : total?.amount;
  return {
    quota: isKnown
      ? { unlimited: false, granted, used: used?.amount, remaining: remaining?.amount }
      : undefined,
    counted: counted(remaining?.raw),
    missing,
    isKnown,
  };
}

/** A total of 0 that nothing else explains may as well mean that there is no limit. */
function asTotal(looked: Looked<Figure | null>, { remaining }: Description): Looked<Figure | null> {
  return remaining === undefined && looked.value?.raw === 0 ? { found: 'number' } : looked;
}

/** What is left as total less use, where the gateway does not say it. */
function remainderOf(
  { remaining }: Description,
  total: Figure | undefined,
  used: Figure | undefined,
): Figure | undefined {
  if (remaining !== undefined || total === undefined || used === undefined) return undefined;
  return { raw: total.raw - used.raw, amount: round6(total.amount - used.amount) };
}

/** Names what the figures of a description count: those of another description are never compared with them. */
function countedBy({ path, of, remaining, used, total, unit, symbol }: Description): string {
  const what = JSON.stringify([path, of, remaining, used, total, unit, symbol]);
  return `described ${createHash('sha256').update(what).digest('hex').slice(0, 12)}`;
}
