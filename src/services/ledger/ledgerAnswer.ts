import { subtractSpans } from '../../core/ledger/spans.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { FRESH_MS } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageTimeline } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { type LedgerUsage, ledgerUsage } from './ledgerUsage.ts';
import { type RangeInLedger, rangeInLedger } from './rangeInLedger.ts';
import { readingsTail, withTail } from './readingsTail.ts';

/** What the ledger answers to a range, and what it lacks. */
export interface LedgerAnswer extends Partial<LedgerUsage> {
  /** The unit of what was spent last. */
  readonly unit: Unit;
  /** The parts of the range that the gateway may be asked about, by the gateway's clock. */
  readonly missing: readonly TimeSpan[];
}

/** The ledger speaks for the present up to so long after its end: whoever clicks through ranges asks once. */
const PRESENT_MS = MINUTE_MS;

/** What the ledger has of a range; undefined where it knows nothing of the key. `now` is in epoch milliseconds. */
export function ledgerAnswer(
  store: Store,
  { id, credential }: Pick<KeyRecord, 'id' | 'credential'>,
  range: Range,
  now: number,
  step: UsageTimeline['step'] = timelineStepFor(range),
): LedgerAnswer | undefined {
  const reading = store.states.stateOf(id)?.reading;
  const clockAheadMs = reading?.clockAheadMs ?? 0;
  const gatewayNow = Math.floor((now - clockAheadMs) / SECOND_MS) * SECOND_MS;
  const span = spanOf(range, gatewayNow);
  if (span.from >= span.to) return undefined;
  const found = store.view(() => rangeInLedger(store.ledger, id, span, step === 'day'));
  const unit = unitOf(found, reading?.unit);
  const end = found.known.at(-1)?.to;
  if (!unit) return undefined;
  const missing = missingOf(found.lacking, span, gatewayNow, PRESENT_MS);
  if (end === undefined) return { unit, missing };
  const rest = { from: end, to: span.to };
  const isStale = missing.some(({ to }) => to === span.to);
  const tail = isStale ? readingsTail(store, id, unit, rest, clockAheadMs) : undefined;
  const isAccount = credential !== 'apiKey';
  if (!tail) return { ...ledgerUsage(found, range, unit, missing, isAccount, step), unit, missing };
  const told = { from: tail.from - clockAheadMs, to: tail.to - clockAheadMs };
  const untold = missingOf(subtractSpans(found.lacking, [told]), span, gatewayNow, FRESH_MS);
  const { usage, inOtherUnits } = ledgerUsage(withEnd(found, told), range, unit, untold, isAccount, step);
  return { usage: withTail(usage, tail), inOtherUnits, unit, missing };
}

/** Whole seconds of the range, as gateways count, up to now. */
function spanOf({ from, to }: Range, gatewayNow: number): TimeSpan {
  const end = (Math.floor(to / SECOND_MS) + 1) * SECOND_MS;
  return { from: Math.ceil(from / SECOND_MS) * SECOND_MS, to: Math.min(end, gatewayNow) };
}

/** What is lacking, without the last moments before now. */
function missingOf(
  lacking: readonly TimeSpan[],
  span: TimeSpan,
  gatewayNow: number,
  presentMs: number,
): readonly TimeSpan[] {
  return lacking.filter(({ from, to }) => to < span.to || span.to < gatewayNow || to - from > presentMs);
}

/** The readings go on where the last source ends. */
function withEnd(found: RangeInLedger, end: TimeSpan): RangeInLedger {
  const last = found.known.at(-1);
  return last ? { ...found, known: [...found.known, { ...end, source: last.source }] } : found;
}

/** The unit of what was spent last; who says so is known of the reading's. */
function unitOf({ cells, days }: RangeInLedger, readingUnit: Unit | undefined): Unit | undefined {
  const spentIn = (cells.at(-1) ?? days.at(-1))?.unit;
  if (!spentIn || (readingUnit && isSameUnit(readingUnit, spentIn))) return readingUnit;
  return { ...spentIn, source: 'gateway' };
}
