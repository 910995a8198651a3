import type { UsageRow } from '../../src/core/usage/usage.ts';
import { Child } from '../unit/support/child.ts';
import { DAYS, expectedSums, KEYS, MODELS, type Sums } from './logLedger.ts';
import type { LogReading, Watched } from './logReader.ts';
import type { Measure } from './measure.ts';

const ROWS = 1_000_000;
const QUICK_ROWS = 100_000;
const PAGE_SIZE = 100;
/** One more asks whether a total as round as this is where the gateway stopped counting: see `mayBeCountLimit`. */
const PAGES_BEYOND = 1;
const MB = 2 ** 20;
/** A log as long as a busy team writes in a year, summed while its pages come. */
export const logRows: Measure = {
  name: 'logRows',
  title: `${ROWS} log rows of ${DAYS} days, ${KEYS} keys and ${MODELS} models, summed by pages of ${PAGE_SIZE} over loopback`,
  async run({ quick }) {
    const rows = quick ? QUICK_ROWS : ROWS;
    const { resident, needed } = await readingsOf(rows);
    const { usage, pages, seconds } = resident;
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
        what: 'memory needed above idle, at its most, looked at while pages come',
        value: needed.peakAboveIdle / MB,
        bound: 64,
        unit: 'MB',
      },
      {
        what: "resident memory above idle, at its most, garbage included, with V8's own limits",
        value: resident.peakAboveIdle / MB,
        bound: 64,
        unit: 'MB',
      },
      { what: `sums by day, key and model that are wrong, of ${sums}`, value: wrong, bound: 0, unit: '' },
      {
        what: `pages, in ${seconds.toFixed(0)} s`,
        value: pages,
        bound: rows / PAGE_SIZE + PAGES_BEYOND,
        unit: '',
      },
    ];
  },
};

/** One reading for each way to look at memory: to see what is needed, garbage is collected, which is not left alone then. */
async function readingsOf(rows: number): Promise<Record<Watched, LogReading>> {
  const farm = new Child(new URL('logFarm.ts', import.meta.url), [String(rows)]);
  try {
    const gateway = (await farm.untilLine('gateway ')).slice('gateway '.length);
    return { resident: await readingOf(gateway, 'resident'), needed: await readingOf(gateway, 'needed') };
  } finally {
    await farm.kill();
  }
}

async function readingOf(gateway: string, watched: Watched): Promise<LogReading> {
  const reader = new Child(new URL('logReader.ts', import.meta.url), [gateway, watched], ['--expose-gc']);
  try {
    return JSON.parse((await reader.untilLine('read ')).slice('read '.length)) as LogReading;
  } finally {
    await reader.kill();
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
