import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { ListedKey } from '../../core/quota/reading.ts';
import { isAmple } from '../../core/quota/share.ts';
import { readLimiterOf } from '../../gateways/credentialSpec.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { knownOfSite } from '../requests/knownSites.ts';

/** One of our own keys that may be in the list: what was known of it, and what follows from the list. */
export interface FoundKey {
  readonly key: KeyRecord;
  readonly before: CheckState;
  /** Absent where the list does not have it. */
  readonly listed: ListedKey | undefined;
  /** Undefined where the list is not to be believed. */
  readonly state: CheckState | undefined;
}

/** The most keys that are asked themselves about a list within a window of a scarce limiter. */
const MOST_ASKED = 2;

/**
 * The keys that are to be asked about what the list says of them: all that are asked where calls are ample, and few
 * where they are scarce, pinned ones and those with the oldest figures first.
 */
export function keysToAsk(store: Store, found: readonly FoundKey[], now: number): ReadonlySet<string> {
  const doubted = found.filter(
    ({ before, listed, state }) => before.readFrom !== undefined && listed && !state,
  );
  const limiterOf = ({ key, before }: FoundKey) => {
    const gateway = gatewayOf(key.kind);
    const known = knownOfSite(store, key.baseUrl, now);
    return gateway?.limiters[readLimiterOf(gateway, key.credential, known, before.reading)];
  };
  const [scarce = [], ample = []] = [true, false].map(isScarce =>
    doubted.filter(each => {
      const limiter = limiterOf(each);
      return (limiter !== undefined && !isAmple(limiter)) === isScarce;
    }),
  );
  const windowMs = Math.max(0, ...scarce.map(each => limiterOf(each)?.windowMs ?? 0));
  const askedLately = found.filter(({ before }) => {
    const age = now - (before.memory?.listDoubtedAt ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < windowMs;
  });
  const first = scarce
    .toSorted((a, b) => Number(b.key.pinned) - Number(a.key.pinned) || takenAt(a) - takenAt(b))
    .slice(0, Math.max(0, MOST_ASKED - askedLately.length));
  return new Set([...ample, ...first].map(({ key }) => key.id));
}

function takenAt({ before }: FoundKey): number {
  return Date.parse(before.reading?.takenAt ?? '') || 0;
}
