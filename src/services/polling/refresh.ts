import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { type Checks, MAX_AT_ONCE } from './checks.ts';
import type { PolledKey } from './polledKey.ts';
import { sortByPriority } from './sortByPriority.ts';

/** What came of a refresh: the keys' states, and which of them had to wait until when (epoch ms). */
export interface Refreshed {
  readonly states: readonly KeyState[];
  readonly held: ReadonlyMap<string, number>;
}

export interface RefreshOptions {
  readonly beyondBudget?: boolean;
  /** See `ReserveOptions.sparing`. */
  readonly sparing?: boolean;
}

/** Asks about keys because a person wants it. Returns until when those are held that had to wait. */
export async function refreshEntries(
  store: Store,
  checks: Checks,
  entries: readonly PolledKey[],
  options: RefreshOptions,
): Promise<ReadonlyMap<string, number>> {
  const askable = entries.filter(entry => checks.canCheck(entry));
  // What they say about their units may have changed as well.
  const expire = () => {
    for (const origin of new Set(askable.map(({ key }) => key.origin))) store.sites.expire(origin);
  };
  if (!options.sparing) await store.retryWhileLocked(() => store.transaction(expire));
  const held = new Map<string, number>();
  const underWay = askable.map(({ key }) => checks.running(key.id));
  const line = sortByPriority(askable.filter((_, index) => underWay[index] === undefined));
  const next = async (): Promise<void> => {
    while (line.length > 0) {
      const entry = checks.takeNextStartable(line);
      if (!entry) {
        await checks.nextEnd();
        continue;
      }
      // While it stood in line, it may have become due.
      const already = checks.running(entry.key.id);
      if (already) {
        await already;
        continue;
      }
      const start = await store.retryWhileLocked(() => checks.start(entry, { manual: true, ...options }));
      if ('done' in start) await start.done;
      if ('freeAt' in start) held.set(entry.key.id, start.freeAt);
    }
  };
  await Promise.all([...underWay, ...Array.from({ length: MAX_AT_ONCE }, next)]);
  return held;
}
