import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** About as many commits as fill the log to the size at which SQLite itself would move it into the file. */
const COMMITS_BETWEEN = 250;
/** Nothing was written for so long: whoever was busy has finished. */
const LULL_MS = 500;
/** A log that is never left alone is moved all the same, before it takes a hundred megabytes. */
const MOST_COMMITS = 4000;

/**
 * Runs in a thread of its own, from text, so that it needs no file beside the bundle. It cuts the log as well:
 * whoever commits next would have to do so otherwise, and some disks take 20 ms for it. That keeps writers
 * waiting, so all that can be moved beside them has been moved before.
 */
const MOVE_LOG = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(require('node:worker_threads').workerData);
  database.exec('PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
`;

/** Does work after a while, unless it is called off before. */
type After = (ms: number, work: () => void) => () => void;

const later: After = (ms, work) => {
  const timer = setTimeout(work, ms).unref();
  return () => clearTimeout(timer);
};

/**
 * Moves the log of what was committed into the database file, from time to time. SQLite would do it within
 * a commit and wait for the disk there, and with it everything else in VS Code's extension host. While many
 * keys are asked, neither disk nor processor are to spare for it: it waits for a lull.
 */
export class Checkpoints {
  readonly #database: DatabaseSync;
  readonly #file: URL;
  readonly #after: After;
  #commits = 0;
  #worker: Worker | undefined;
  #callOff: () => void = () => undefined;

  constructor(database: DatabaseSync, path: string, after = later) {
    this.#database = database;
    this.#after = after;
    // A file that was removed meanwhile is not made anew.
    this.#file = pathToFileURL(path);
    this.#file.searchParams.set('mode', 'rw');
  }

  /** To be called after each commit. */
  committed(): void {
    this.#commits++;
    if (this.#commits < COMMITS_BETWEEN) return;
    this.#callOff();
    if (this.#commits < MOST_COMMITS) this.#plan();
    else this.#move();
  }

  /** To be called when the database is closed. */
  stop(): void {
    this.#callOff();
  }

  #plan(): void {
    this.#callOff = this.#after(LULL_MS, () => this.#move());
  }

  #move(): void {
    if (this.#worker) {
      this.#plan();
      return;
    }
    this.#commits = 0;
    try {
      this.#worker = new Worker(MOVE_LOG, { eval: true, workerData: this.#file.href, execArgv: [] });
    } catch {
      this.#moveHere();
      return;
    }
    this.#worker.once('error', () => this.#moveHere());
    this.#worker.once('exit', () => {
      this.#worker = undefined;
    });
    this.#worker.unref();
  }

  /** Where there are no threads to be had. */
  #moveHere(): void {
    try {
      if (this.#database.isOpen) this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // The log stays as it is. What is wrong with the file, the next one who reads or writes is told.
    }
  }
}
