import { lazyImport } from '../core/lazyImport.ts';

type HistoryModule = typeof import('./historyTables.ts');

let loaded: HistoryModule | undefined;

/**
 * Loads the code of the history's tables, which the stored figures do not need. It has to be awaited before a store's
 * `history`, `compaction` or `scales` is used.
 */
export async function loadHistoryTables(): Promise<void> {
  loaded ??= await lazyImport(() => import('./historyTables.ts'));
}

/** @throws Error where `loadHistoryTables` was not awaited. */
export function historyModule(): HistoryModule {
  if (!loaded) throw new Error('The tables of the history are not loaded.');
  return loaded;
}
