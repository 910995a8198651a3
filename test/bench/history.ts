import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localDay } from '../../src/core/usage/range.ts';
import { databasePath } from '../../src/store/database.ts';
import { type Figure, type Measure, quantile } from './measure.ts';
import { restless, type SpendShape, working } from './spendShapes.ts';
import { type Year, yearOfHistory } from './yearOfHistory.ts';

const KEYS = 100;
const DAYS = 365;
const APPENDS = 2000;
const SUMS = 15;
const UNIT = { code: 'USD', source: 'gateway' } as const;

/** A year of history: how much room it takes, and how fast it is read and written. */
export const history: Measure = {
  name: 'history',
  title: `a year of history for ${KEYS} keys read every 5 minutes`,
  async run({ quick }) {
    const figures: Figure[] = [];
    for (const shape of [working, restless]) figures.push(...(await ofShape(shape, quick ? 60 : DAYS)));
    return figures;
  },
};

async function ofShape(shape: SpendShape, days: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  try {
    const year = yearOfHistory(folder, KEYS, days, shape);
    const sums = timesOf(SUMS, () => sumByDay(year));
    const appends = appendTimes(year);
    year.store.close();
    // The log is in the file by now; how long it gets meanwhile depends on how the year was written, not on the year.
    const bytes = statSync(databasePath(folder)).size;
    const named = (what: string, value: number, bound: number, unit: string): Figure => ({
      what: `${shape.name}: ${what}`,
      value,
      bound,
      unit,
    });
    return [
      named('database, closed', bytes / 2 ** 20, shape.mostMb, 'MB'),
      named('sum by day over the year, all keys, median', quantile(sums, 0.5), 50, 'ms'),
      named('append, median', quantile(appends, 0.5), 1, 'ms'),
      named('append, 99th percentile', quantile(appends, 0.99), 1, 'ms'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Spend by day of every key, and of all together. */
function sumByDay({ store, end }: Year): number {
  const byDay = new Map<string, number>();
  for (const { day, spent } of store.history.spendByDay(localDay(end - DAYS * 86_400_000), localDay(end))) {
    byDay.set(day, (byDay.get(day) ?? 0) + spent);
  }
  return byDay.size;
}

/** Each a transaction of its own, as after a check, and each with a figure that has changed. */
function appendTimes({ store, keyIds, end }: Year): number[] {
  let at = end;
  let used = 1e6;
  return timesOf(APPENDS, index => {
    at += 3000;
    used += 0.01;
    const id = keyIds[index % keyIds.length] ?? '';
    store.transaction(() => store.history.appendReading(id, UNIT, { at, used, remaining: 2e6 - used }, at));
  });
}

function timesOf(times: number, work: (index: number) => unknown): number[] {
  return Array.from({ length: times }, (_, index) => {
    const start = performance.now();
    work(index);
    return performance.now() - start;
  });
}
