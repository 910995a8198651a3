import type { Store } from '../../src/core/ports/store.ts';
import { DAY_MS } from '../../src/core/time.ts';
import { parseRange } from '../../src/core/usage/range.ts';
import { presetEnds } from '../../src/core/usage/rangePresets.ts';
import type { KeyRequests } from '../../src/services/requests/keyRequests.ts';
import { askKeys } from '../../src/services/usage/askKeys.ts';
import { UsageCache } from '../../src/services/usage/usageCache.ts';
import { type Figure, quantile } from './measure.ts';

const KEYS = 12;
const QUERIES = 15;

/** The last 30 days of some keys, which the ledger has: how long from the command to the reports, and how many calls. */
export async function rangesOfLedger(
  store: Store,
  keyIds: readonly string[],
  end: number,
): Promise<readonly Figure[]> {
  let calls = 0;
  const run = () => {
    calls++;
    return Promise.reject(new Error('The ledger has it all'));
  };
  const keyRequests = { run } as unknown as KeyRequests;
  const clock = { now: () => end, after: () => () => undefined };
  const parts = { store, keyRequests, clock, usageCache: new UsageCache() };
  const keys = keyIds.slice(0, KEYS).flatMap(id => store.keys.findKey(id) ?? []);
  const { from, to } = presetEnds('last-30-days', end - DAY_MS);
  const { range } = parseRange(from, to, end);
  if (!range) throw new Error('Not a range');
  const times: number[] = [];
  for (let query = 0; query < QUERIES; query++) {
    const start = performance.now();
    const { reports } = await askKeys(parts, keys, range, () => undefined, new AbortController().signal);
    times.push(performance.now() - start);
    if (reports.length !== keys.length || reports.some(({ total }) => !total?.used))
      throw new Error('A report lacks its figures');
  }
  const what = `30 days of ${KEYS} keys again, from command to reports`;
  return [
    { what: `${what}, calls`, value: calls, bound: 0, unit: '' },
    { what: `${what}, median`, value: quantile(times, 0.5), bound: 20, unit: 'ms' },
  ];
}
