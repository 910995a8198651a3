import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Failure } from '../../core/quota/failure.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { missingSecret } from './missingSecret.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PolledKey } from './polledKey.ts';

/** A key that is overdue for longer is not being checked by another window, so its missing secret is shown. */
const OTHER_WINDOW_GRACE_MS = MINUTE_MS;

interface ObstacleLookups {
  readonly lookup: (keyId: string) => SecretLookup | undefined;
  /**
   * Keys that a person asked this window to check: for these it is shown that the secret was not read in time, although
   * another window may check the key.
   */
  readonly wantedHere: ReadonlySet<string>;
}

/**
 * Why this window cannot check a key, by key id; without the keys that another window evidently checks. Without a network
 * a key is not asked, and what failed before says nothing about why.
 */
export function obstaclesOf(
  entries: readonly PolledKey[],
  { lookup, wantedHere }: ObstacleLookups,
  { secretsShared, isReachable }: Pick<MonitorParts, 'secretsShared' | 'isReachable'>,
  now: number,
): ReadonlyMap<string, Failure> {
  const obstacles = new Map<string, Failure>();
  for (const { key, gateway, state } of entries) {
    const isOverdue = state.dueAt !== undefined && now >= state.dueAt + OTHER_WINDOW_GRACE_MS;
    if (isOverdue && (!state.failure || isTransient(state.failure)) && !isReachable(key.baseUrl))
      obstacles.set(key.id, { class: 'transient', reason: 'offline' });
    if (!gateway) obstacles.set(key.id, { class: 'not-supported', reason: 'unknown-kind' });
    const found = lookup(key.id);
    if (found === undefined || typeof found === 'object') continue;
    const isDue = !state.reading || now >= (state.dueAt ?? 0) + OTHER_WINDOW_GRACE_MS;
    const isSilentHere = found === 'unanswered' && wantedHere.has(key.id);
    if (secretsShared || isDue || isSilentHere) obstacles.set(key.id, missingSecret(found));
  }
  return obstacles;
}

/** Whether a failure says nothing about the key. */
function isTransient({ class: failureClass, doubted }: Failure): boolean {
  return failureClass === 'transient' && !doubted;
}
