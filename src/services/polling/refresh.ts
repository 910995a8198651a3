import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { type Checks, MAX_CONCURRENT_CHECKS } from './checks.ts';
import type { PolledKey } from './polledKey.ts';
import { sortByPriority } from './sortByPriority.ts';

/** The keys' states after a refresh, and until when some are held, by key id in epoch milliseconds. */
export interface Refreshed {
  readonly states: readonly KeyState[];
  readonly held: ReadonlyMap<string, number>;
}

/** How keys are checked on request. */
export interface RefreshOptions {
  readonly beyondBudget?: boolean;
  /** See `ReserveOptions.sparing`. */
  readonly sparing?: boolean;
  /** Also keys whose checks are paused: only where a person asks for that one key. */
  readonly evenIfPaused?: boolean;
}

/** Whom to ask for figures of these keys: the account of a key that is read from one. */
export function askedFor(
  wanted: readonly PolledKey[],
  checks: Pick<Checks, 'canCheck'>,
  entryOf: (keyId: string) => PolledKey | undefined,
): readonly PolledKey[] {
  const asked = wanted.map(entry => {
    const account = entry.account && entryOf(entry.account.id);
    // While a server is silent, a person may ask the key itself.
    if (entry.serverFailure && checks.canCheck(entry)) return entry;
    return account && checks.canCheck(account) ? account : entry;
  });
  return [...new Set(asked)];
}

/** Checks keys on a person's request. Returns until when some are held, by key id in epoch milliseconds. */
export async function refreshEntries(
  store: Store,
  checks: Checks,
  entries: readonly PolledKey[],
  options: RefreshOptions,
): Promise<ReadonlyMap<string, number>> {
  const askable = entries.filter(
    entry => checks.canCheck(entry) && (options.evenIfPaused || entry.key.pausedAt === undefined),
  );
  // What the sites say about their units may have changed as well.
  const expire = () => {
    for (const baseUrl of new Set(askable.map(({ key }) => key.baseUrl))) store.sites.expireSite(baseUrl);
  };
  if (!options.sparing) await store.retryWhileLocked(() => store.transaction(expire));
  const held = new Map<string, number>();
  const running = askable.map(({ key }) => checks.running(key.id));
  const queue = sortByPriority(askable.filter((_, index) => running[index] === undefined));
  const worker = async (): Promise<void> => {
    while (queue.length > 0) {
      const entry = checks.takeNextStartable(queue);
      if (!entry) {
        await checks.nextEnd();
        continue;
      }
      // The scheduler may have started it meanwhile.
      const running = checks.running(entry.key.id);
      if (running) {
        await running;
        continue;
      }
      const start = await store.retryWhileLocked(() => checks.start(entry, { manual: true, ...options }));
      if ('done' in start) await start.done;
      if ('freeAt' in start) held.set(entry.key.id, start.freeAt);
    }
  };
  await Promise.all([...running, ...Array.from({ length: MAX_CONCURRENT_CHECKS }, worker)]);
  return held;
}

/** Until when keys are held, by key id: one that is read from an account as long as that is. */
export function heldOf(
  wanted: readonly PolledKey[],
  held: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const all = wanted.flatMap(({ key, account }) => {
    const until = held.get(key.id) ?? held.get(account?.id ?? '');
    return until === undefined ? [] : [[key.id, until] as const];
  });
  return new Map(all);
}
