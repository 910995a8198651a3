import { dayFrom } from '../../core/ledger/dayText.ts';
import { startOfDay } from '../../core/ledger/localDays.ts';
import { subtractSpans } from '../../core/ledger/spans.ts';
import type { LedgerLine, LedgerName, TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { aheadOfGateway } from '../../core/quota/aheadOfGateway.ts';
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
import { unclearOf } from './scalesOver.ts';
import { secretSince } from './secretSince.ts';
import { unloggedUntil } from './unloggedBefore.ts';

/** What the ledger answers to a range, and what it lacks. */
export interface LedgerAnswer extends Partial<LedgerUsage> {
  /** The unit of the last spend. */
  readonly unit: Unit;
  /** The parts of the range that the gateway is to be asked about, by the gateway's clock. */
  readonly askable: readonly TimeSpan[];
}

/** How long after its end the ledger counts as current, so that clicking through ranges asks once. */
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
  const clockAheadMs = aheadOfGateway(reading);
  const gatewayNow = Math.floor((now - clockAheadMs) / SECOND_MS) * SECOND_MS;
  const span = spanOf(range, gatewayNow);
  if (span.from >= span.to) return undefined;
  const { found, scales, unclear } = store.view(() => {
    const inLedger = rangeInLedger(store.ledger, id, span, step === 'day');
    const unclearSpans = unclearOf(store, id, inLedger.lacking);
    const scales = hasSeveralUnits(inLedger) ? store.ledger.coverageByScale(id) : [];
    return { found: inLedger, scales, unclear: unclearSpans };
  });
  const unit = unitOf(found, reading?.unit);
  const end = found.known.at(-1)?.to;
  if (!unit) return undefined;
  const missing = missingOf(found.lacking, span, gatewayNow, PRESENT_MS);
  // Nobody can be asked about a secret that the key no longer has.
  const since = secretSince(store, id) - clockAheadMs;
  const isGone = { from: Number.NEGATIVE_INFINITY, to: since };
  const canBeTold = subtractSpans(found.lacking, [...unclear.told, isGone]);
  const askable = missingOf(canBeTold, span, gatewayNow, PRESENT_MS);
  if (end === undefined) return { unit, askable };
  const rest = { from: end, to: span.to };
  const isStale = missing.some(({ to }) => to === span.to);
  const tail = isStale ? readingsTail(store, id, unit, rest, clockAheadMs) : undefined;
  const isAccount = credential !== 'apiKey';
  const options = {
    ...{ range, scales, unclear: unclear.all, isAccount, step },
    secretSince: since,
    unloggedUntil: unloggedUntil(store, id) - clockAheadMs,
  };
  if (!tail) return { ...ledgerUsage(found, unit, missing, options), unit, askable };
  const told = { from: tail.from - clockAheadMs, to: tail.to - clockAheadMs };
  const untold = missingOf(subtractSpans(found.lacking, [told]), span, gatewayNow, FRESH_MS);
  const { usage, inOtherUnits } = ledgerUsage(withEnd(found, told), unit, untold, options);
  return { usage: withTail(usage, tail), inOtherUnits, unit, askable };
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

/** The unit of the last spend, with the source of the reading's unit where it is the same. */
function unitOf({ cells, lines }: RangeInLedger, readingUnit: Unit | undefined): Unit | undefined {
  let last: LedgerName | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const look = (name: LedgerName, at: number) => {
    if (at < lastAt) return;
    last = name;
    lastAt = at;
  };
  for (const cell of cells) if (cell.raw !== 0) look(cell, cell.from);
  for (const line of lines) {
    const day = lastDayOf(line);
    if (day !== '') look(line, startOfDay(dayFrom(day)));
  }
  if (!last || (readingUnit && isSameUnit(readingUnit, last.unit))) return readingUnit;
  return { ...last.unit, source: 'gateway' };
}

function hasSeveralUnits({ cells, lines }: RangeInLedger): boolean {
  const first = (lines[0] ?? cells[0])?.unit;
  const isOther = ({ unit }: LedgerName) => first !== undefined && !isSameUnit(unit, first);
  return lines.some(isOther) || cells.some(isOther);
}

/** The last day with spend; empty where there is none. */
function lastDayOf({ days }: LedgerLine): string {
  let last = '';
  for (const { day, raw } of days) if (raw !== 0 && day > last) last = day;
  return last;
}
