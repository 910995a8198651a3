import { mkdirSync } from 'node:fs';
import type { Log } from '../../core/ports/log.ts';
import { NotSavedError } from '../../core/ports/notSavedError.ts';
import type { StoreTrouble } from '../../core/ports/storeTrouble.ts';
import { systemClock } from '../../services/systemClock.ts';
import { loadHistoryTables } from '../../store/loadHistoryTables.ts';
import { SqliteStore } from '../../store/store.ts';
import { systemErrorText } from '../systemError.ts';

/** Why a server does not start; the message is a sentence for who started it. */
export class CannotStart extends Error {}

/**
 * Opens the database in a folder, which is created if it does not exist. Never in memory: what was asked of gateways
 * would be forgotten with the next start, and asked again.
 * @throws CannotStart
 */
export async function openStore(data: string, log: Log): Promise<SqliteStore> {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CannotStart(`The data folder cannot be made: ${systemErrorText(error)}.`);
  }
  let isOpen = false;
  const warn = (trouble: StoreTrouble) => {
    // Until then, what it does not start for is said by whoever started it.
    if (isOpen || trouble.kind === 'damaged') log.warn(troubleText(trouble));
  };
  const [store] = await Promise.all([SqliteStore.start(data, systemClock.now, warn), loadHistoryTables()]);
  isOpen = store.shared;
  if (store.shared) return store;
  const { trouble = { kind: 'unwritable' } } = store;
  store.close();
  throw new CannotStart(troubleText(trouble));
}

/**
 * Runs the writes of a start.
 * @throws CannotStart where the database does not keep it.
 */
export async function writeAtStart<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof NotSavedError)) throw error;
    throw new CannotStart(
      error.reason === 'damaged' ? 'The database was damaged.' : troubleText({ kind: error.reason }),
    );
  }
}

function troubleText(trouble: StoreTrouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return `The database was damaged. It is kept as ${trouble.movedTo}, and a new one begins: history starts over.`;
    case 'newer':
      return 'The database was written by a newer version of Key Quota, which is the one that can go on with it. Nothing was changed.';
    case 'unwritable':
      return 'The data folder or its disk cannot be written to.';
    case 'locked':
      return 'Another program keeps the database locked.';
  }
}
