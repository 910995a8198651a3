import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { DAY_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { ledgerAnswer } from '../ledger/ledgerAnswer.ts';
import { reportOf } from './reportOf.ts';

/** The hours of a longer range are too many to be read while somebody waits. */
const MAX_RANGE_MS = 100 * DAY_MS;

/**
 * What the ledger has of a range hour by hour, also where reports go by the day. No gateway is asked. Keys whose hours are
 * not known are left out.
 */
export async function hourlyReports(
  { store, clock }: { readonly store: Store; readonly clock: Pick<Clock, 'now'> },
  keys: readonly KeyRecord[],
  range: Range,
): Promise<readonly UsageReport[]> {
  const reports: UsageReport[] = [];
  if (range.to - range.from > MAX_RANGE_MS) return reports;
  for (const key of keys) {
    await yieldToEventLoop();
    const usage = ledgerAnswer(store, key, range, clock.now(), 'hour')?.usage;
    if (usage?.timeline?.step === 'hour') reports.push(reportOf(key, range, usage));
  }
  return reports;
}
