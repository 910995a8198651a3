import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import type { ReviewLimits } from '../../text/review/reviewContent.ts';

/** The user's own limits, with which a review of some keys and a range is compared. */
export function limitsForReview(
  store: Store,
  keys: readonly KeyRecord[],
  range: Range,
  { monthBegins }: Pick<Settings, 'monthBegins'>,
): ReviewLimits {
  const reviewed = new Set(keys.map(({ id }) => id));
  const isReviewed = (id: string) =>
    reviewed.has(id) || reviewed.has(store.accountLinks.linkOf(id)?.accountId ?? '');
  const otherUnits = store.keys
    .allKeys()
    .filter(({ id }) => !isReviewed(id))
    .map(({ id }) => store.states.stateOf(id)?.reading?.unit);
  return {
    all: store.spendingLimits.allLimits(),
    // A key that was never read may spend in any unit.
    hasAllKeysOf: unit => otherUnits.every(other => other !== undefined && !isSameUnit(other, unit)),
    range,
    monthBegins,
  };
}
