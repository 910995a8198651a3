import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../src/store/database.ts';
import type { SqliteStore } from '../../src/store/store.ts';
import { killTakers } from '../unit/support/killedTakers.ts';
import { seededChance } from '../unit/support/seededChance.ts';
import { rangesOfLedger } from './ledgerRanges.ts';
import { LoopProbe } from './loopProbe.ts';
import { type Figure, type Measure, quantile } from './measure.ts';
import { working } from './spendShapes.ts';
import { yearOfHistory } from './yearOfHistory.ts';
import { fillYearOfLedger, newestRows, SCALE } from './yearOfLedger.ts';

const KEYS = 100;
const DAYS = 365;
const QUERIES = 15;
const ANSWERS = 40;
const ROUNDS = 5;
const KILLS = 100;
/** A zone whose days begin half an hour away from those of UTC. */
const ZONE = 'Asia/Kolkata';
const MONTHS = [
  '2025-06',
  '2025-07',
  '2025-08',
  '2025-09',
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
];

/** A year of spend of many keys beside a year of their readings: its room, and how fast it is read and written. */
export const ledger: Measure = {
  name: 'ledger',
  title: `a year of spend for ${KEYS} keys and 8 models, in ${ZONE}`,
  async run({ quick }) {
    return [...(await ofYear(quick ? 70 : DAYS)), ...(await ofKills(quick ? KILLS / 10 : KILLS))];
  },
};

async function ofYear(days: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  const zone = process.env.TZ;
  try {
    const { store, keyIds, end } = yearOfHistory(folder, KEYS, days, working);
    process.env.TZ = ZONE;
    const rows = fillYearOfLedger(store, keyIds, end / 1000, days);
    moveLogIntoFile(folder);
    const share = days / DAYS;
    const figures: Figure[] = [
      { what: 'log rows', value: rows, bound: 2e6 * share, atLeast: true, unit: '' },
      { what: 'distinct cells', value: cellsOf(folder), bound: 1.5e6 * share, atLeast: true, unit: '' },
      { what: 'database with a year of readings', value: sizeOf(folder) / 2 ** 20, bound: 120, unit: 'MB' },
      queried('a month by day, key and model', 50, () => store.ledger.spendByDay('2026-05-01', '2026-05-31')),
      queried('a year by month, key and model', 100, () =>
        store.ledger.spendByPeriod(
          MONTHS.map(month => `${month}-01`),
          '2026-06-01',
        ),
      ),
      ...(await takenIn(store, keyIds, end / 1000)),
      ...(await rangesOfLedger(store, keyIds, end)),
    ];
    store.close();
    return figures;
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    rmSync(folder, { recursive: true, force: true });
  }
}

function queried(what: string, bound: number, query: () => readonly unknown[]): Figure {
  const times = Array.from({ length: QUERIES }, () => timeOf(query));
  return { what: `${what}, median`, value: quantile(times, 0.5), bound, unit: 'ms' };
}

/** A thousand rows of a key's log, of which nine hundred were known. */
async function takenIn(
  store: SqliteStore,
  keyIds: readonly string[],
  from: number,
): Promise<readonly Figure[]> {
  const chance = seededChance(2);
  const times: number[] = [];
  const longest: number[] = [];
  const logs = keyIds
    .slice(0, ANSWERS)
    .map(id => ({ id, rows: newestRows(from, 1000 + 100 * ROUNDS, chance) }));
  // The first answers know none of their rows, and warm up.
  for (let round = 0; round <= ROUNDS; round++) {
    const blocks: number[] = [];
    for (const { id, rows } of logs) {
      const records = rows.slice(100 * round, 100 * round + 1000);
      const complete = { from: (records[0]?.at ?? from) + 1, to: (records.at(-1)?.at ?? from) + 1 };
      const answer = { source: 'keyLog', scale: SCALE, records, complete, unreadable: 0 } as const;
      const probe = await LoopProbe.start();
      const ms = timeOf(() =>
        store.transaction(() => store.ledger.takeIn(id, id, answer, complete.to * 1000)),
      );
      // Lets the probe see the turn that this kept waiting.
      await new Promise(resolve => setTimeout(resolve, 5));
      const block = probe.stop();
      if (round > 0) times.push(ms);
      blocks.push(block);
    }
    if (round > 0) longest.push(Math.max(...blocks));
  }
  return [
    {
      what: '1,000 rows taken in of which 900 were known, median',
      value: quantile(times, 0.5),
      bound: 30,
      unit: 'ms',
    },
    {
      // The machine stops everything once in a while: the median of rounds leaves that out, and nothing that comes again.
      what: `the event loop blocked by that, the longest of ${ANSWERS}, median of ${ROUNDS} rounds`,
      value: quantile(longest, 0.5),
      bound: 10,
      unit: 'ms',
    },
  ];
}

async function ofKills(times: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  try {
    const { killedWhileTaking, acknowledged, lost, twice, damaged } = await killTakers(
      folder,
      times,
      seededChance(1),
    );
    return [
      {
        what: `lost of ${acknowledged} answers that were taken in, after ${times} kills`,
        value: lost,
        bound: 0,
        unit: '',
      },
      { what: 'counted twice', value: twice, bound: 0, unit: '' },
      { what: 'database found damaged by its integrity check', value: damaged, bound: 0, unit: '' },
      {
        what: 'kills while an answer was taken in',
        value: killedWhileTaking,
        bound: times / 10,
        atLeast: true,
        unit: '',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** As the product's thread does from time to time; it has no turn while all is written at once. */
function moveLogIntoFile(folder: string): void {
  const file = new DatabaseSync(databasePath(folder));
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  file.close();
}

function cellsOf(folder: string): number {
  const file = new DatabaseSync(databasePath(folder), { readOnly: true });
  const { count } = file.prepare('SELECT count(*) AS count FROM spend_quarters').get() ?? {};
  file.close();
  return Number(count);
}

function sizeOf(folder: string): number {
  const path = databasePath(folder);
  return [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
}
