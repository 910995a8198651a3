import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { databasePath } from '../../../src/store/database.ts';
import type { SqliteStore } from '../../../src/store/store.ts';
import { Child } from './child.ts';
import { START } from './ledgerSetup.ts';
import { endOf, steadySpend } from './steadyLog.ts';
import { storeWithKeys } from './storeWithKeys.ts';

/** How long a window lives on, from when it opens the database, or from its first answer. */
const LONGEST_LIFE_MS = 100;
/** How many are killed before their first answer is surely taken in. */
const KILLED_EARLY = 0.2;

export interface TakerReport {
  /** Kills between the beginning of a transaction and word of its end. */
  killedWhileTaking: number;
  /** Answers that a window had been told were taken in. */
  acknowledged: number;
  /** Times that an acknowledged answer was not covered, or that spend of covered time was missing. */
  lost: number;
  /** Times that the ledger had more spend than there was. */
  twice: number;
  /** Times that SQLite found the database damaged. */
  damaged: number;
}

/** Kills one window after the other that takes in spend, each at a moment of chance, and adds up what they leave behind. */
export async function killTakers(folder: string, kills: number, chance: () => number): Promise<TakerReport> {
  const report: TakerReport = { killedWhileTaking: 0, acknowledged: 0, lost: 0, twice: 0, damaged: 0 };
  storeWithKeys(['a'], START * 1000, folder).close();
  let newest = -1;
  for (let kill = 0; kill < kills; kill++) {
    const lines = await linesOfKilled(
      folder,
      chance() < KILLED_EARLY ? 'opens' : 'took',
      chance() * LONGEST_LIFE_MS,
    );
    const last = lines.at(-1) ?? '';
    if (last.startsWith('takes')) report.killedWhileTaking++;
    const took = lines.flatMap(line => /^took (\d+)\.$/.exec(line)?.[1] ?? []).map(Number);
    report.acknowledged += took.length;
    newest = Math.max(newest, ...took);
    inspect(folder, newest, report);
  }
  return report;
}

/** Kills a window so long after it has said something that begins like this. */
async function linesOfKilled(folder: string, word: string, lifeMs: number): Promise<readonly string[]> {
  const child = new Child(new URL('spendTaker.ts', import.meta.url), [folder]);
  await child.untilLine(word);
  await pause(lifeMs);
  await child.kill();
  return child.lines;
}

function inspect(folder: string, newest: number, report: TakerReport): void {
  if (!isSound(folder)) report.damaged++;
  const store = storeWithKeys([], START * 1000, folder);
  const covered = store.ledger.coverageOf('a');
  const end = (covered.at(-1)?.to ?? 0) / 1000;
  if (covered.length > 1 || (newest >= 0 && (covered[0]?.from !== 0 || end < endOf(newest)))) report.lost++;
  const expected = steadySpend(end);
  for (const found of [cellsSpend(store), daysSpend(store)]) {
    if (found.raw < expected.raw || found.requests < expected.requests) report.lost++;
    if (found.raw > expected.raw || found.requests > expected.requests) report.twice++;
  }
  store.close();
}

function cellsSpend(store: SqliteStore) {
  return sumOf(store.ledger.cellsOf('a', 'keyLog', { from: 0, to: Number.MAX_SAFE_INTEGER }));
}

function daysSpend(store: SqliteStore) {
  return sumOf(store.ledger.spendByDay('2026-01-01', '2036-12-31', 'a'));
}

function sumOf(all: readonly { readonly raw: number; readonly requests: number | undefined }[]) {
  const sum = { raw: 0, requests: 0 };
  for (const { raw, requests = 0 } of all) {
    sum.raw += raw;
    sum.requests += requests;
  }
  return sum;
}

/** Checked by SQLite itself, in its own connection, before the product has touched the file. */
function isSound(folder: string): boolean {
  const database = new DatabaseSync(databasePath(folder));
  const verdict = database.prepare('PRAGMA integrity_check').get()?.integrity_check;
  const strays = database.prepare('PRAGMA foreign_key_check').all();
  database.close();
  return verdict === 'ok' && strays.length === 0;
}
