import { type ScaleRun, scaleTimes, unclearTimes } from '../../core/ledger/scaleTimes.ts';
import { isTouched, isWithin, mergeSpans } from '../../core/ledger/spans.ts';
import { lengthened } from '../../core/ledger/splitByScale.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';

type ScaleStore = Pick<Store, 'scales' | 'ledger' | 'states'>;

/**
 * By which scales a gateway's raw numbers counted for a key, by the gateway's clock, as its readings and what was told so far
 * show. `present` is the scale that an answer of `now` (epoch milliseconds) counts by, where there is one.
 */
export function scalesOver(
  store: ScaleStore,
  keyId: string,
  present: Scale | undefined,
  now: number,
): readonly ScaleRun[] {
  const aheadMs = store.states.stateOf(keyId)?.reading?.clockAheadMs ?? 0;
  const runs = scaleTimes(store.scales.scaleRuns(keyId), present, now);
  const byGateway = runs.map(run => ({ ...run, from: run.from - aheadMs, to: run.to - aheadMs }));
  return runs.length < 2 ? byGateway : lengthened(byGateway, store.ledger.coverageByScale(keyId));
}

/** The ledger keeps rows of logs by the first, and some sums by the second. */
const GRAINS = [15 * MINUTE_MS, HOUR_MS];

/** The parts of `lacking` whose spend nobody can count, since by which scale is not known. */
export function unclearOf(store: ScaleStore, keyId: string, lacking: readonly TimeSpan[]): UnclearSpans {
  if (lacking.length === 0) return { all: [], told: [] };
  const times = unclearTimes(scalesOver(store, keyId, undefined, 0));
  const covered = times.length > 0 ? mergeSpans(store.ledger.coverageOf(keyId)) : [];
  const spans = times.flatMap(time => GRAINS.map(grain => wholeSpan(time, grain)));
  const all = mergeSpans(spans).filter(span => lacking.some(each => isTouched(each, [span])));
  return { all, told: mergeSpans(spans.filter(span => isAround(span, covered))) };
}

/** Spans whose spend cannot be counted, since the scale of their time is not known. */
export interface UnclearSpans {
  readonly all: readonly TimeSpan[];
  /** Those that a gateway has told already: it would tell no more. */
  readonly told: readonly TimeSpan[];
}

function wholeSpan({ from, to }: TimeSpan, grainMs: number): TimeSpan {
  return { from: Math.floor(from / grainMs) * grainMs, to: Math.ceil(to / grainMs) * grainMs };
}

/** Whether what comes before a span is covered, and what comes after it. */
function isAround({ from, to }: TimeSpan, covered: readonly TimeSpan[]): boolean {
  const isBegun = from <= 0 || isWithin({ from: from - SECOND_MS, to: from }, covered);
  return isBegun && isWithin({ from: to, to: to + SECOND_MS }, covered);
}
