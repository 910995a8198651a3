import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import type { Checkpoints } from './checkpoints.ts';
import { continueInMemory } from './continueInMemory.ts';
import { databasePath, fileAt, type OpenDatabase, type OpenedDatabase } from './database.ts';
import { loadedHistoryModule } from './loadHistoryTables.ts';
import { mayBeWritable } from './mayBeWritable.ts';
import { NewerSchema } from './migrations.ts';
import { afterDamage } from './openDatabase.ts';
import { isDamage, isUnwritable } from './sqliteErrors.ts';
import { Tables } from './tables.ts';

/**
 * The database in use: the file that all windows share, or one in memory in its place. Which one it is changes while a
 * window runs, since files get damaged, locked, removed or migrated, and disks full.
 */
export class CurrentDatabase {
  readonly #folder: string;
  readonly #onTrouble: (trouble: StoreTrouble) => void;
  readonly #open: OpenDatabase;
  #opened: OpenedDatabase;
  #tables: Tables;
  /** Identifies the write-ahead log in use (its inode); another file may be at its path by now. */
  #log: bigint | undefined;
  #checkpoints: Checkpoints | undefined;

  constructor(folder: string, now: number, onTrouble: (trouble: StoreTrouble) => void, open: OpenDatabase) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#open = open;
    this.#opened = open(folder, now);
    this.#tables = this.#readTables(now);
    this.#noteOpened();
  }

  get database(): DatabaseSync {
    return this.#opened.database;
  }

  get tables(): Tables {
    return this.#tables;
  }

  get shared(): boolean {
    return this.#opened.shared;
  }

  get fresh(): boolean {
    return this.#opened.fresh;
  }

  get trouble(): StoreTrouble | undefined {
    return this.#opened.trouble;
  }

  /**
   * Changes to another file where that is needed: another window has replaced a damaged file, the file is no longer
   * locked, or the disk accepts writes again. Returns whether it did. `now` in epoch milliseconds.
   */
  followFile(now: number): boolean {
    if (this.trouble?.kind === 'locked') {
      const opened = this.#open(this.#folder, now);
      if (opened.trouble?.kind === 'locked') opened.database.close();
      else this.#continueWith(opened);
      return this.trouble?.kind !== 'locked';
    }
    if (this.trouble?.kind === 'unwritable') return this.returnToFile(now);
    const { file } = this.#opened;
    const current = file === undefined ? undefined : fileAt(databasePath(this.#folder));
    if (current === undefined || current === file) return false;
    this.#continueWith(this.#open(this.#folder, now));
    return true;
  }

  /** Returns from memory to the file once that accepts writes again, and copies back what has changed. */
  returnToFile(now: number): boolean {
    const module = loadedHistoryModule();
    if (!module || !mayBeWritable(this.#folder)) return false;
    const opened = this.#open(this.#folder, now);
    const { database, shared, fresh } = opened;
    if (shared && module.carryMemoryBack(this.#opened.database, database, fresh)) {
      this.#continueWith(opened);
      return true;
    }
    database.close();
    return false;
  }

  /** To be called after each commit. */
  countCommit(): void {
    if (this.#opened.hasLog)
      this.#checkpoints ??= loadedHistoryModule()?.createCheckpoints(databasePath(this.#folder));
    this.#checkpoints?.countCommit();
  }

  close(): void {
    if (this.#opened.database.isOpen) this.#opened.database.close();
  }

  /** Continues in another database after an error, and returns that; undefined when the error is not the database's. */
  replaceAfter(error: unknown): OpenedDatabase | undefined {
    const other = this.#replacementAfter(error);
    if (other) this.#continueWith(other);
    return other;
  }

  #replacementAfter(error: unknown): OpenedDatabase | undefined {
    const { file } = this.#opened;
    if (error instanceof NewerSchema) return continueInMemory(this.#folder, { kind: 'newer' });
    if (isDamage(error)) {
      this.close();
      return afterDamage(this.#folder, file, Date.now());
    }
    if (isUnwritable(error)) return continueInMemory(this.#folder, { kind: 'unwritable' });
    return undefined;
  }

  /**
   * Restores the file or its log where another program has removed them: SQLite would go on writing into the removed
   * file, and everything would be lost when the window closes.
   */
  restoreFiles(): void {
    const path = databasePath(this.#folder);
    const { database, file } = this.#opened;
    const isThere = fileAt(path) === file;
    if (isThere && fileAt(`${path}-wal`) === this.#log) return;
    try {
      if (isThere) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      else if (fileAt(path) === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        // A log that was left alone is the removed file's, which other windows go on using until they follow.
        // Another window may have put the file back meanwhile, and then the log is that file's.
        for (const ending of ['-wal', '-shm'])
          if (fileAt(path) === undefined) rmSync(path + ending, { force: true });
        database.prepare('VACUUM INTO ?').run(path);
        if (this.#opened.hasLog) startLog(path);
      }
    } catch {
      // Nothing to do: the store continues with what is on the disk.
    }
    // Closed first, because two connections of one process to one file share the state of its log.
    this.close();
    this.#continueWith(this.#open(this.#folder, Date.now()));
  }

  #continueWith(opened: OpenedDatabase): void {
    this.close();
    this.#opened = opened;
    this.#tables = this.#readTables(Date.now());
    this.#noteOpened();
  }

  /** The tables of the opened database. A database without one of them is damaged, and replaced. */
  #readTables(now: number): Tables {
    const { database, shared, file } = this.#opened;
    try {
      return new Tables(database);
    } catch (error) {
      if (!shared || !isDamage(error)) throw error;
      this.close();
      this.#opened = afterDamage(this.#folder, file, now);
      return new Tables(this.#opened.database);
    }
  }

  /** Notes the log of a newly opened database, and reports its trouble. */
  #noteOpened(): void {
    const { hasLog, trouble } = this.#opened;
    this.#log = hasLog ? fileAt(`${databasePath(this.#folder)}-wal`) : undefined;
    this.#checkpoints = undefined;
    if (trouble) this.#onTrouble(trouble);
  }
}

/** A copy begins without a write-ahead log, and a file without one stays so. */
function startLog(path: string): void {
  const copy = new DatabaseSync(path);
  try {
    copy.exec('PRAGMA journal_mode = WAL');
  } finally {
    copy.close();
  }
}
