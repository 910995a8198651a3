import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { databasePath } from '../../../src/store/database.ts';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { Child } from './child.ts';
import { fillFolder } from './filledFolder.ts';
import { NOW } from './samples.ts';
import type { StoredKey } from './storedKeys.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

const KEYS = 5;
/** How long a writer lives on, from when it opens the database, or from its first reading that is on the disk. */
const LONGEST_LIFE_MS = 250;
/** How many are killed before their first reading is surely on the disk. */
const KILLED_EARLY = 0.3;

export interface KillOptions {
  readonly folder: string;
  readonly kills: number;
  /** 0 to 1. */
  readonly chance: () => number;
}

/** What was found, after each kill and in the end. */
export interface KillReport {
  /** Kills between the beginning of a write and word of its end. */
  killedWhileWriting: number;
  /** Kills before the first write. */
  killedWhileOpening: number;
  /** Times that the database did not open as the one that was left. */
  openFailures: number;
  /** Times that SQLite found it damaged. */
  integrityFailures: number;
  /** Readings that a writer had been told were written. */
  acknowledged: number;
  /** Those of them that the database does not hold. */
  lost: number;
}

/** A reading that is on the disk, by its writer's word. */
interface Written {
  readonly keyId: string;
  readonly at: number;
  readonly used: number;
}

/** Kills one writer after the other, each at a moment of chance, and looks at what they leave behind. */
export async function killWriters({ folder, kills, chance }: KillOptions): Promise<KillReport> {
  const report: KillReport = {
    killedWhileWriting: 0,
    killedWhileOpening: 0,
    openFailures: 0,
    integrityFailures: 0,
    acknowledged: 0,
    lost: 0,
  };
  const written: Written[] = [];
  await createDatabase(folder);
  for (let kill = 0; kill < kills; kill++) {
    const word = chance() < KILLED_EARLY ? 'opens' : 'wrote';
    const words = await outputOfKilledWriter(folder, word, chance() * LONGEST_LIFE_MS);
    const last = words.at(-1) ?? '';
    if (last === 'writes') report.killedWhileWriting++;
    if (last === 'opens') report.killedWhileOpening++;
    const news = words.flatMap(parseWritten);
    written.push(...news);
    inspect(folder, news, report);
  }
  report.acknowledged = written.length;
  // Readings that survived their writer have to survive the later writers as well.
  inspect(folder, written, report);
  return report;
}

/** At origins of their own, so that no request budget stands in the way of writing. */
function createDatabase(folder: string): Promise<void> {
  const keys = Array.from({ length: KEYS }, (_, index): StoredKey => {
    return { id: `key-${index}`, handle: 'key', origin: `https://gateway-${index}.example` };
  });
  return fillFolder(folder, keys, NOW);
}

/** Kills a writer so long after it has said something that begins like this. */
async function outputOfKilledWriter(
  folder: string,
  word: string,
  lifeMs: number,
): Promise<readonly string[]> {
  const writer = new Child(new URL('steadyWriter.ts', import.meta.url), [folder, String(NOW)]);
  await writer.untilLine(word);
  await pause(lifeMs);
  await writer.kill();
  return writer.lines;
}

/** A line that the kill has cut off does not count. */
function parseWritten(line: string): Written[] {
  const [, keyId, at, used] = /^wrote (\S+) (\d+) (\d+)\.$/.exec(line) ?? [];
  return keyId === undefined ? [] : [{ keyId, at: Number(at), used: Number(used) }];
}

function inspect(folder: string, written: readonly Written[], report: KillReport): void {
  if (!passesIntegrityCheck(folder)) report.integrityFailures++;
  const store = new SqliteStore(folder, NOW);
  if (store.trouble || store.fresh) report.openFailures++;
  for (const [keyId, ofKey] of Map.groupBy(written, each => each.keyId)) {
    const from = ofKey[0]?.at ?? NOW;
    const rows = store.history.historyRows(keyId, from, Number.MAX_SAFE_INTEGER);
    const used = new Map(rows.map(row => [row.from, row.used]));
    report.lost += ofKey.filter(each => used.get(each.at) !== each.used).length;
    const latest = ofKey.at(-1)?.used ?? 0;
    if ((store.states.stateOf(keyId)?.reading?.quota?.used ?? 0) < latest) report.lost++;
  }
  store.close();
}

/** Checked by SQLite itself, in its own connection, before the product has touched the file. */
function passesIntegrityCheck(folder: string): boolean {
  const database = new DatabaseSync(databasePath(folder));
  try {
    const verdict = database.prepare('PRAGMA integrity_check').all();
    const strays = database.prepare('PRAGMA foreign_key_check').all();
    return verdict.length === 1 && verdict[0]?.integrity_check === 'ok' && strays.length === 0;
  } catch {
    return false;
  } finally {
    database.close();
  }
}
