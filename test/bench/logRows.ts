import type { UsageRow } from '../../src/quota/usage.ts';
import { Child } from '../unit/support/child.ts';
import { DAYS, expectedSums, KEYS, MODELS, type Sums } from './logLedger.ts';
import type { LogReading } from './logReader.ts';
import type { Measure } from './measure.ts';

const ROWS = 1_000_000;
const QUICK_ROWS = 100_000;
const PAGE_SIZE = 100;
const MB = 2 ** 20;
/**
 * Garbage is not what is asked about, and V8 keeps hundreds of megabytes of it while the machine has room.
 * With a heap of this size it has to collect, and a reading that needs more would not come to an end.
 */
const SMALL_HEAP = ['--expose-gc', '--max-semi-space-size=1', '--max-old-space-size=64'];

/** A log as long as a busy team writes in a year, summed while its pages come. */
export const logRows: Measure = {
  name: 'logRows',
  title: `${ROWS} log rows of ${DAYS} days, ${KEYS} keys and ${MODELS} models, summed by pages of ${PAGE_SIZE} over loopback`,
  async run({ quick }) {
    const rows = quick ? QUICK_ROWS : ROWS;
    const { usage, pages, seconds, peakAboveIdle } = await readingOf(rows);
    const { total, byDay, byKey, byModel } = expectedSums(rows);
    const wrong = [
      differences({ total }, usage.total && [{ name: 'total', ...usage.total }]),
      differences(byDay, usage.byDay),
      differences(byKey, usage.byKey),
      differences(byModel, usage.byModel),
    ].reduce((sum, count) => sum + count, usage.coverage.complete ? 0 : 1);
    const sums = 1 + DAYS + KEYS + MODELS;
    return [
      {
        what: 'resident memory above idle, at its most, with a heap of 64 MB',
        value: peakAboveIdle / MB,
        bound: 64,
        unit: 'MB',
      },
      { what: `sums by day, key and model that are wrong, of ${sums}`, value: wrong, bound: 0, unit: '' },
      { what: `pages, in ${seconds.toFixed(0)} s`, value: pages, bound: rows / PAGE_SIZE, unit: '' },
    ];
  },
};

async function readingOf(rows: number): Promise<LogReading> {
  const farm = new Child(new URL('logFarm.ts', import.meta.url), [String(rows)]);
  try {
    const gateway = (await farm.until('gateway ')).slice('gateway '.length);
    const reader = new Child(new URL('logReader.ts', import.meta.url), [gateway], SMALL_HEAP);
    try {
      return JSON.parse((await reader.until('read ')).slice('read '.length)) as LogReading;
    } finally {
      await reader.kill();
    }
  } finally {
    await farm.kill();
  }
}

/** How many names have another sum than expected, are missing, or are too many. */
function differences(expected: Sums, rows: readonly UsageRow[] = []): number {
  const found = new Map(rows.map(row => [row.name, row]));
  const names = new Set([...Object.keys(expected), ...found.keys()]);
  return [...names].filter(name => !isSame(expected[name], found.get(name))).length;
}

function isSame(expected: Sums[string] | undefined, found: UsageRow | undefined): boolean {
  return (
    expected !== undefined &&
    found !== undefined &&
    // To a tenth of a raw unit: amounts are doubles.
    Math.abs(expected.used - found.used) < 2e-7 &&
    expected.requests === found.requests &&
    expected.tokens === found.tokens
  );
}
