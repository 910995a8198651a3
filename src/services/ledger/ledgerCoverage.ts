import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { CoveredSpan, TimeSpan } from '../../core/ports/ledgerTable.ts';
import { isoTime } from '../../core/time.ts';
import type { Coverage, CoverageReason } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';

interface CoverageFacts {
  /** Since when the key has its secret, by the gateway's clock; see `secretSince`. */
  readonly secretSince: number;
  /** Until when its log may lack rows, by the gateway's clock; see `unloggedUntil`. */
  readonly unloggedUntil: number;
  /** Whether the scale or unit has changed within the range. */
  readonly hasChanged: boolean;
  /** Whether an hour that is summed up is of two days. */
  readonly overMidnight: boolean;
}

/** What a report of a range covers: `known` is what the ledger has, `missing` what counts as not covered. */
export function coverageOf(
  known: readonly CoveredSpan[],
  range: Range,
  missing: readonly TimeSpan[],
  { hasChanged, secretSince, unloggedUntil, overMidnight }: CoverageFacts,
): Coverage {
  const changed = hasChanged ? ({ reason: 'scale-changed' } as const) : undefined;
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return { complete: false, ...changed };
  const ends = {
    from: isoTime(Math.max(range.from, first.from)),
    to: isoTime(Math.min(range.to, last.to - 1)),
  };
  const isUnlogged = range.from < unloggedUntil;
  if (missing.length === 0 && !isUnlogged) {
    const hasDays = known.some(({ source }) => source === 'dailySums');
    const ofDays = hasDays ? 'gateway-days' : overMidnight ? 'hours-over-midnight' : undefined;
    return { complete: true, ...ends, ...(ofDays && { reason: ofDays }), ...changed };
  }
  const gaps = missing.filter(({ from, to }) => from >= first.to && to <= last.from);
  const beginsLate = missing.some(({ to }) => to <= first.from);
  const isOfOther = missing.some(({ from }) => from < secretSince);
  const lack = gaps.length > 0 ? 'ledger-gaps' : beginsLate ? lateReason(first.source) : undefined;
  const reason: CoverageReason | undefined = isOfOther ? 'other-secret' : isUnlogged ? 'unlogged' : lack;
  return {
    complete: false,
    ...ends,
    ...(reason && { reason }),
    ...changed,
    ...(gaps.length > 0 && {
      gaps: gaps.map(({ from, to }) => ({ from: isoTime(from), to: isoTime(to - 1) })),
    }),
  };
}

function lateReason(source: LedgerSource): CoverageReason {
  return source === 'keyLog' ? 'last-rows' : 'ledger-gaps';
}
