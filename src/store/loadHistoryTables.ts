import { lazyImport } from '../core/lazyImport.ts';

type HistoryModule = typeof import('./historyTables.ts');

let loaded: HistoryModule | undefined;

/**
 * Loads the code of the tables that the stored figures do not need; see `HistoryTables`. It has to be awaited before one
 * of them is used.
 */
export async function loadHistoryTables(): Promise<void> {
  loaded ??= await lazyImport(() => import('./historyTables.ts'));
}

/** @throws Error where `loadHistoryTables` was not awaited. */
export function historyModule(): HistoryModule {
  if (!loaded) throw new Error('The tables of the history are not loaded.');
  return loaded;
}

/** The same, undefined while it is not loaded. */
export function loadedHistoryModule(): HistoryModule | undefined {
  return loaded;
}
