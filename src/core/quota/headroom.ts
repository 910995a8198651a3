import { isOfWholeKey, limitOf, type QuotaWindow, remainingOf, unitOfWindow } from './quotaWindow.ts';
import type { Reading } from './reading.ts';
import { type FigureUnit, round6, unitId } from './unit.ts';

/** How much a key can still spend: the one figure a person wants first. */
export interface Headroom {
  readonly unlimited: boolean;
  /** Absent when unlimited or unknown. */
  readonly remaining?: number;
  /** What `remaining` is a part of; absent when the gateway names no total. */
  readonly total?: number;
  readonly used?: number;
  /** What the amounts are counted in. */
  readonly unit: FigureUnit;
  /** Which of a reading's parts the figure comes from. */
  readonly from: 'quota' | 'budget' | 'account' | 'window' | 'none';
  /** The quota window that the figure comes from. */
  readonly window?: QuotaWindow;
}

const NOTHING: Headroom = { unlimited: false, unit: { code: 'UNITS', source: 'default' }, from: 'none' };

/**
 * The figure to lead with: what binds. That is what the key's own cap, its budget or its account leaves, or a quota
 * window that leaves less.
 */
export function headroomOf(reading: Reading | undefined): Headroom {
  if (!reading) return NOTHING;
  if (!reading.windows) return ownHeadroomOf(reading);
  const limits = headroomsOf(reading);
  // With a limit of which nobody knows what is left, a key is not without limits.
  const known = limits.filter(({ remaining }) => remaining !== undefined);
  return tightest(known) ?? limits.find(({ window }) => window) ?? ownHeadroomOf(reading);
}

/** What each limit of a key leaves: first what it leaves apart from its quota windows, then those of the whole key. */
export function headroomsOf(reading: Reading): readonly Headroom[] {
  const windows = reading.windows?.filter(isOfWholeKey) ?? [];
  return [ownHeadroomOf(reading), ...windows.flatMap(window => headroomOfWindow(window, reading))];
}

/**
 * What a key leaves apart from its quota windows: its own cap, else its budget, else the account's balance. A cap of
 * "unlimited" gives way to a budget, because then the budget is what binds. What was spent is recorded by this, since
 * another window may bind from one reading to the next.
 */
export function ownHeadroomOf(reading: Reading): Headroom {
  return { ...ownFiguresOf(reading), unit: reading.unit };
}

type Figures = Omit<Headroom, 'unit'>;

function ownFiguresOf(reading: Reading): Figures {
  const { quota, account } = reading;
  // Beside windows a budget only repeats one of them.
  const budget = reading.windows ? undefined : reading.budget;
  if (quota && !quota.unlimited && quota.remaining !== undefined) {
    const total = quota.granted !== undefined && quota.granted > 0 ? quota.granted : undefined;
    return { unlimited: false, remaining: quota.remaining, total, used: quota.used, from: 'quota' };
  }
  if (budget && !paysFromAccount(reading)) return figuresOfBudget(budget.spent, budget.limit);
  if (quota?.unlimited) return { unlimited: true, used: quota.used, from: 'quota' };
  // A running plan pays without a wallet, so that an empty one is not the end.
  const isBeside = reading.plan !== undefined && account?.balance !== undefined && account.balance <= 0;
  if (account?.balance !== undefined && !isBeside) {
    const remaining = account.usable === false ? Math.min(0, account.balance) : account.balance;
    return { unlimited: false, remaining, used: account.used, from: 'account' };
  }
  return { unlimited: false, from: 'none' };
}

/** Empty for a window without a known limit: it never binds. */
function headroomOfWindow(window: QuotaWindow, { unit }: Reading): Headroom[] {
  const limit = limitOf(window);
  if (typeof limit !== 'number') return [];
  return [
    {
      unlimited: false,
      remaining: remainingOf(window),
      total: limit > 0 ? limit : undefined,
      used: window.used,
      unit: unitOfWindow(window, unit),
      from: 'window',
      window,
    },
  ];
}

/**
 * Which of several limits binds: of those in one unit the one that leaves least, and of those in different units the
 * one that leaves the smallest share. Of several equal ones, the one that resets last, since it binds longest.
 */
function tightest(limits: readonly Headroom[]): Headroom | undefined {
  const byUnit = Map.groupBy(limits, ({ unit }) => unitId(unit));
  const ofUnits = [...byUnit.values()].flatMap(same => leastBy(same, amountLeft));
  return leastBy(ofUnits, shareToCompare)[0];
}

function leastBy(limits: readonly Headroom[], measure: (limit: Headroom) => number): readonly Headroom[] {
  return [...limits].sort((a, b) => measure(a) - measure(b) || resetOrder(b) - resetOrder(a)).slice(0, 1);
}

/** An overdrawn amount counts as 0, however far it is overdrawn. */
function amountLeft({ remaining = 0 }: Headroom): number {
  return Math.max(0, remaining);
}

/** What has no total can only be compared once nothing of it is left. */
function shareToCompare(limit: Headroom): number {
  return amountLeft(limit) === 0 ? 0 : (shareLeft(limit) ?? 1);
}

/** A limit that is not known to reset comes last. */
function resetOrder({ window }: Headroom): number {
  return window?.resetsAt === undefined ? NEVER : Date.parse(window.resetsAt);
}

const NEVER = Number.MAX_VALUE;

/** Without a cap and without a plan it is the account's balance that runs out. */
function paysFromAccount({ budget, plan, account }: Reading): boolean {
  return budget?.limit === null && plan === undefined && account?.balance !== undefined;
}

function figuresOfBudget(spent: number | undefined, limit: number | null): Figures {
  if (limit === null) return { unlimited: true, used: spent, from: 'budget' };
  if (spent === undefined) return { unlimited: false, from: 'budget' };
  return {
    unlimited: false,
    remaining: round6(limit - spent),
    total: limit > 0 ? limit : undefined,
    used: spent,
    from: 'budget',
  };
}

/** Amounts carry no more digits than this; what comes after them is the noise of binary division. */
const SHARE_DIGITS = 1e12;

/** The part that is left, 0 to 1; undefined where no total is known. */
export function shareLeft(headroom: Headroom): number | undefined {
  if (headroom.remaining === undefined || headroom.total === undefined) return undefined;
  const share = Math.round((headroom.remaining / headroom.total) * SHARE_DIGITS) / SHARE_DIGITS;
  return Math.min(1, Math.max(0, share));
}
