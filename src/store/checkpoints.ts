import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** About as many commits as fill the log to the size at which SQLite itself would move it into the file. */
const COMMITS_BETWEEN = 250;

/** Runs in a thread of its own, from text, so that it needs no file beside the bundle. */
const MOVE_LOG = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(require('node:worker_threads').workerData);
  database.exec('PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(PASSIVE)');
  database.close();
`;

/**
 * Moves the log of what was committed into the database file, from time to time. SQLite would do it within
 * a commit and wait for the disk there, and with it everything else in VS Code's extension host.
 */
export class Checkpoints {
  readonly #database: DatabaseSync;
  readonly #file: URL;
  #commits = 0;
  #worker: Worker | undefined;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    // A file that was removed meanwhile is not made anew.
    this.#file = pathToFileURL(path);
    this.#file.searchParams.set('mode', 'rw');
  }

  /** To be called after each commit. */
  committed(): void {
    this.#commits++;
    if (this.#commits < COMMITS_BETWEEN || this.#worker) return;
    this.#commits = 0;
    this.#worker = new Worker(MOVE_LOG, { eval: true, workerData: this.#file.href, execArgv: [] });
    this.#worker.once('error', () => this.#moveHere());
    this.#worker.once('exit', () => {
      this.#worker = undefined;
    });
    this.#worker.unref();
  }

  /** Where there are no threads to be had. */
  #moveHere(): void {
    if (this.#database.isOpen) this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }
}
