import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../src/store/database.ts';
import { FastClock, realNow } from './fastClock.ts';
import { type GatewayReport, Gateways } from './gateways.ts';
import { faultsFor, inOrder, roundsFor } from './happenings.ts';
import { type Leftovers, lastReport, leftovers } from './leftovers.ts';
import { live, type Scene } from './life.ts';
import { type Memory, memoryInUse } from './memory.ts';
import { PLACES, type WatchedKey, watchedKeys } from './places.ts';
import { intervalsUntilRead } from './recovery.ts';
import { Windows } from './windows.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Minutes of that time before memory is first measured. */
  readonly warmUpMinutes: number;
  readonly seed: number;
}

/** What a soak has shown. */
export interface Soaked {
  /** Memory after the warm-up, and after each part of the faults. */
  readonly looks: readonly [Memory, ...Memory[]];
  /** How many of its own intervals each key took to come back. */
  readonly cameBack: ReadonlyMap<string, number>;
  /** Keys that a window shows otherwise than ok in the end. */
  readonly notOk: readonly string[];
  readonly windows: Windows;
  readonly seen: GatewayReport;
  readonly left: Leftovers;
  /** What is or was wrong with the file. */
  readonly database: readonly string[];
  /** Of the window that runs in its own process. */
  readonly exitCode: number | null;
}

/** How many times as fast as the real one the clock runs. */
export const SPEED = 100;
const MINUTE = 60_000;
const STARTS_AT = Date.UTC(2026, 5, 15, 12);
/** Memory is looked at about this often: long enough for every trouble that windows get into. */
const PART_MINUTES = 15;
/** For so long the person comes and goes when the faults have ended. */
const AFTERWARDS_MS = 60 * MINUTE;

/** One run, from the first window opened to the last one closed. */
export async function soak({ minutes, warmUpMinutes, seed }: SoakOptions): Promise<Soaked> {
  const before = process.getActiveResourcesInfo();
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-soak-'));
  const clock = new FastClock({ speed: SPEED, startsAt: STARTS_AT, startedAt: realNow() });
  const gateways = await Gateways.start(clock.time);
  const keys = watchedKeys(gateways.origins);
  const windows = await Windows.open({ clock, folder, keys, seed });
  const scene = { clock, gateways, windows };

  const looks: [Memory, ...Memory[]] = [await memoryAfter(scene, warmUpMinutes * MINUTE, seed)];
  const parts = Math.max(1, Math.floor(minutes / PART_MINUTES));
  for (let part = 1; part <= parts; part++) {
    looks.push(await memoryAfter(scene, (minutes / parts) * MINUTE, seed + part));
  }
  const cameBack = await comeBack(scene, keys);
  const notOk = await keysNotOk(windows);

  const exitCode = await windows.close();
  const seen = await lastReport(gateways);
  await gateways.end();
  const left = await leftovers(clock, before);
  const database = faultsOf(folder);
  rmSync(folder, { recursive: true, force: true });
  return { looks, cameBack, notOk, windows, seen, left, database, exitCode };
}

/** The memory in use after so much trouble. */
async function memoryAfter(scene: Scene, lastsMs: number, seed: number): Promise<Memory> {
  const { clock, windows } = scene;
  const troubles = [...faultsFor(lastsMs, PLACES.length, seed), ...roundsFor(lastsMs, true)];
  await live(scene, inOrder(troubles), clock.now());
  // What is under way, a flood say, is not kept; and what the windows said is kept by the test alone.
  await Promise.all(windows.inThisProcess.map(({ testWindow }) => testWindow.monitor.idle()));
  windows.takeWords();
  return memoryInUse();
}

/** The faults have ended, and the person comes and goes as before. */
async function comeBack(scene: Scene, keys: readonly WatchedKey[]): Promise<ReadonlyMap<string, number>> {
  const { clock, windows } = scene;
  const done = new AbortController();
  const start = clock.now();
  const person = live(scene, roundsFor(AFTERWARDS_MS, false), start, done.signal);
  const took = await intervalsUntilRead(windows.lasting.testWindow.store, keys, clock, start);
  done.abort();
  await person;
  return took;
}

/** As all windows show them now. */
async function keysNotOk({ inThisProcess }: Windows): Promise<string[]> {
  for (const { testWindow } of inThisProcess) await testWindow.monitor.reload();
  return inThisProcess.flatMap(({ testWindow }) =>
    testWindow.monitor.snapshot
      .filter(({ status }) => status !== 'ok')
      .map(({ id, status }) => `${id} ${status}`),
  );
}

/** What is wrong with the file in the end, by SQLite's own word, and the files that a window found damaged before. */
function faultsOf(folder: string): string[] {
  const setAside = readdirSync(folder).filter(name => name.includes('.damaged-'));
  const verdict = verdictOn(databasePath(folder));
  return verdict === 'ok' ? setAside : [...setAside, verdict];
}

function verdictOn(path: string): string {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return String(database.prepare('PRAGMA integrity_check').get()?.integrity_check);
    } finally {
      database.close();
    }
  } catch (error) {
    // Where the damage is too great, SQLite cannot even look.
    return String(error);
  }
}
