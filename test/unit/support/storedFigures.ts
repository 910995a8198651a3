import type { KeyRecord } from '../../../src/core/quota/key.ts';
import type { Reading } from '../../../src/core/quota/reading.ts';
import { SqliteStore } from '../../../src/store/store.ts';

/** A key with its last reading, as a window has saved it. */
export interface StoredFigure {
  readonly id: string;
  readonly label?: string;
  readonly baseUrl?: string;
  /** What is left of 20 dollars; absent for a key that was never read. */
  readonly left?: number;
  readonly takenAt?: number;
}

/** Opens a window's store in a folder, and saves keys with their figures. */
export function storeFigures(
  folder: string,
  figures: readonly StoredFigure[],
  now = Date.now(),
): SqliteStore {
  const store = new SqliteStore(folder, now);
  store.transaction(() => {
    for (const figure of figures) {
      store.keys.addKey(recordOf(figure));
      const { left, takenAt = now } = figure;
      if (left !== undefined)
        store.states.saveState({
          keyId: figure.id,
          reading: readingOf(left, takenAt),
          checkedAt: takenAt,
          failures: 0,
          dueAt: takenAt + 600_000,
        });
    }
  });
  return store;
}

function recordOf({ id, label = id, baseUrl = 'https://gw.example' }: StoredFigure): KeyRecord {
  return {
    ...{ id, label, baseUrl, kind: 'newApi', credential: 'apiKey', fingerprint: id, pinned: false },
    createdAt: 1,
  };
}

function readingOf(remaining: number, takenAt: number): Reading {
  return {
    takenAt: new Date(takenAt).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    quota: { unlimited: false, granted: 20, used: 20 - remaining, remaining },
  };
}
