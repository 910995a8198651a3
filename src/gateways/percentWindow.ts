import * as v from 'valibot';
import type { QuotaWindow } from '../core/quota/quotaWindow.ts';
import type { Reading } from '../core/quota/reading.ts';
import { round6 } from '../core/quota/unit.ts';
import { NO_LIMIT_FROM, wireNumber } from './fields.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { MAX_WINDOWS } from './maxWindows.ts';

/** A larger number is no per cent of a limit, however far a plan may be exceeded. */
export const MAX_PERCENT = 1000;

/** Per cent of a limit. */
export const wirePercent = v.pipe(
  wireNumber,
  v.check(percent => percent >= 0 && percent <= MAX_PERCENT),
);

/** How many minutes or hours a period has. Nothing shorter or longer is one. */
export const wireDuration = v.pipe(
  wireNumber,
  v.check(count => count >= 1 && count < 1e6),
);

/** What was used of a limit, in per cent; undefined for what is no limit, or no part of one. */
export function percentOf(used: number, limit: number): number | undefined {
  if (limit <= 0 || limit >= NO_LIMIT_FROM || used < 0) return undefined;
  const percent = round6((used / limit) * 100);
  return percent <= MAX_PERCENT ? percent : undefined;
}

/**
 * The reading of a plan whose limits are told in per cent, or in a measure of its vendor's that says nothing else.
 * Undefined where none of them can be read. `unreadable` is how many cannot.
 */
export function planReading(
  context: GatewayContext,
  windows: readonly QuotaWindow[],
  unreadable: number,
  plan?: Reading['plan'],
): Reading | undefined {
  if (windows.length === 0) return undefined;
  return {
    takenAt: new Date(context.now()).toISOString(),
    // No figure of a plan reading is in this unit.
    unit: { code: 'UNITS', source: 'default' },
    windows: windows.slice(0, MAX_WINDOWS),
    ...(plan && { plan }),
    ...(unreadable > 0 && { unreadable: ['plan'] as const }),
  };
}
