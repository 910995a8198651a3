import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** About eight megabytes of log, as checks write it. */
const COMMITS_BETWEEN = 500;

/**
 * The worker's source as text, so that it needs no file beside the bundle. A passive checkpoint keeps no writer
 * waiting, here or in other windows.
 */
const CHECKPOINT = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(require('node:worker_threads').workerData);
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  database.close();
`;

/** Writes the log of a database into its file. Resolves when that is done; rejects where it cannot be. */
type Checkpoint = (path: string) => Promise<void>;

/**
 * Writes the log of what was committed into the database file, from time to time and in a thread. SQLite would do it
 * within a commit, and wait there for the disk, and with it everything else in VS Code's extension host.
 */
export class Checkpoints {
  readonly #path: string;
  readonly #checkpoint: Checkpoint;
  #commits = 0;
  #isRunning = false;

  constructor(path: string, checkpoint: Checkpoint = checkpointInThread) {
    this.#path = path;
    this.#checkpoint = checkpoint;
  }

  /** To be called after each commit. */
  countCommit(): void {
    this.#commits++;
    if (this.#commits < COMMITS_BETWEEN || this.#isRunning) return;
    this.#commits = 0;
    this.#isRunning = true;
    this.#checkpoint(this.#path)
      // SQLite does it by itself before the log is too long, and reads and writes report what is wrong with the file.
      .catch(() => undefined)
      .finally(() => {
        this.#isRunning = false;
      });
  }
}

/** Writes the log into the file at a path, in a worker thread. */
export async function checkpointInThread(path: string): Promise<void> {
  const file = pathToFileURL(path);
  // A file that was removed meanwhile is not created again.
  file.searchParams.set('mode', 'rw');
  const worker = new Worker(CHECKPOINT, { eval: true, workerData: file.href, execArgv: [] });
  worker.unref();
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
