import { intersectSpans } from '../../core/ledger/spans.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { QUARTER_MS, SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { LedgerAnswer } from './ledgerAnswer.ts';
import { secretSince } from './secretSince.ts';

/** What a gateway is to be asked. */
export interface RangeToAsk {
  readonly range: Range;
  /** Whether it is less than was asked for, so that only the ledger has the whole answer. */
  readonly isPart: boolean;
}

/**
 * What to ask a key's gateway so that the ledger has all of a range; undefined where it has already, or where nobody
 * can tell more. A key's log is told as a whole and no further back than last time; an account is asked from a quarter
 * of an hour on, since the ledger keeps its spend by these. It tells nothing of a secret that the key had before.
 */
export function rangeToAsk(
  store: Pick<Store, 'ledger' | 'logTries' | 'states'>,
  { id, credential }: Pick<KeyRecord, 'id' | 'credential'>,
  range: Range,
  answer: LedgerAnswer | undefined,
): RangeToAsk | undefined {
  const since = secretSince(store, id);
  if (range.to < since) return undefined;
  const whole = { range: { ...range, from: Math.max(range.from, since) }, isPart: range.from < since };
  if (!answer) return whole;
  const { askable } = answer;
  const [first, last] = [askable[0], askable.at(-1)];
  if (!first || !last) return undefined;
  if (credential === 'accessToken') {
    if (!answer.usage) return whole;
    const from = Math.floor(first.from / QUARTER_MS) * QUARTER_MS;
    return { range: { from, to: Math.min(range.to, last.to - 1) }, isPart: true };
  }
  const oldest = store.ledger.progressOf(id, 'keyLog')?.span?.from;
  if (oldest === undefined) return whole;
  // Rows of that second may have been cut off.
  const canBeTold = intersectSpans(askable, [{ from: oldest + SECOND_MS, to: Number.POSITIVE_INFINITY }]);
  return canBeTold.length > 0 ? whole : undefined;
}
