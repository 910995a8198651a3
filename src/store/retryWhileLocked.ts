import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseBusy } from '../core/ports/databaseBusy.ts';
import { NotSavedError } from '../core/ports/notSavedError.ts';
import { SECOND_MS } from '../core/time.ts';
import type { OpenedDatabase } from './database.ts';

/** How long another program may keep the file locked before the store gives up. */
export const LOCK_TIMEOUT_MS = 5 * SECOND_MS;
/** The time between two tries. */
const RETRY_DELAY_MS = 350;

/**
 * Repeats `work` while another program keeps the file locked, without blocking the window.
 *
 * @throws NotSavedError `locked` after `timeoutMs`; what `work` throws for any other reason.
 */
export async function retryWhileLocked<T>(work: () => T | PromiseLike<T>, timeoutMs: number): Promise<T> {
  for (const end = performance.now() + timeoutMs; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseBusy(error)) throw error;
      if (performance.now() > end) throw new NotSavedError('locked');
    }
    await pause(RETRY_DELAY_MS);
  }
}

/** Opens the database, and again while the file is locked; after `timeoutMs` returns the one that stands in for it. */
export async function openUnlocked(open: () => OpenedDatabase, timeoutMs: number): Promise<OpenedDatabase> {
  let opened = open();
  for (const end = performance.now() + timeoutMs; performance.now() < end; ) {
    if (opened.trouble?.kind !== 'locked') break;
    opened.database.close();
    await pause(RETRY_DELAY_MS);
    opened = open();
  }
  return opened;
}
