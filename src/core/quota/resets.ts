import { isPast } from '../nextChange.ts';
import { localTime } from './ends.ts';
import { headroomOf } from './headroom.ts';
import type { QuotaWindow } from './quotaWindow.ts';
import type { Reading } from './reading.ts';

/**
 * When what leads a reading resets, by the clock of this computer: from then on the reading does not tell what
 * was spent. Undefined where it does not, where nobody knows when, and where it had already when it was read.
 */
export function resetAt(reading: Reading): number | undefined {
  return nextResetAt(namedReset(reading), reading);
}

/** The moment that a gateway names as the next reset of a budget, even one that had passed when it was read. */
export function namedResetAt(reading: Reading): number | undefined {
  const resetsAt = namedReset(reading);
  return resetsAt === undefined ? undefined : localTime(resetsAt, reading);
}

/** The same as the gateway names it: of the quota window that binds, where there are windows. */
export function namedReset(reading: Reading): string | undefined {
  return reading.windows ? headroomOf(reading).window?.resetsAt : reading.budget?.resetsAt;
}

/** When a quota window resets, by the clock of this computer; undefined as for `resetAt`. */
export function windowResetAt({ resetsAt }: QuotaWindow, reading: Reading): number | undefined {
  return nextResetAt(resetsAt, reading);
}

function nextResetAt(resetsAt: string | undefined, reading: Reading): number | undefined {
  if (resetsAt === undefined) return undefined;
  const at = localTime(resetsAt, reading);
  return at > Date.parse(reading.takenAt) ? at : undefined;
}

/** Whether what leads a reading has been reset since it was taken and since another moment, epoch milliseconds. */
export function hasResetSince(reading: Reading, since: number, now: number): boolean {
  const at = resetAt(reading);
  return at !== undefined && since < at && isPast(at, now);
}

/** What a reading still tells: not what was used of a budget or a quota window that has been reset since. */
export function readingAt(reading: Reading, now: number): Reading {
  const { windows } = reading;
  const hasReset = (resetsAt: string | undefined) => {
    const at = nextResetAt(resetsAt, reading);
    return at !== undefined && isPast(at, now);
  };
  const isBudgetOver = reading.budget !== undefined && hasReset(reading.budget.resetsAt);
  const over = new Set(windows?.filter(({ resetsAt }) => hasReset(resetsAt)));
  if (!isBudgetOver && over.size === 0) return reading;
  return {
    ...reading,
    budget: isBudgetOver && reading.budget ? withoutSpent(reading.budget) : reading.budget,
    ...(windows && { windows: windows.map(window => (over.has(window) ? withoutUse(window) : window)) }),
  };
}

function withoutSpent({ spent: _, ...budget }: NonNullable<Reading['budget']>): Reading['budget'] {
  return budget;
}

function withoutUse({ used: _used, remaining: _remaining, ...window }: QuotaWindow): QuotaWindow {
  return window;
}

/**
 * When what leads was reset, where nothing is known of it since; undefined where something is. Takes a reading as
 * `readingAt` makes it.
 */
export function unknownSince(reading: Reading, now: number): number | undefined {
  const { budget, windows } = reading;
  const { from, remaining } = headroomOf(reading);
  const isUnknown = windows
    ? from === 'window' && remaining === undefined
    : budget !== undefined && budget.spent === undefined;
  const at = isUnknown ? resetAt(reading) : undefined;
  return at !== undefined && isPast(at, now) ? at : undefined;
}
