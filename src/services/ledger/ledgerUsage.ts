import { dayText } from '../../core/ledger/dayText.ts';
import { dayOf, gatewayDayOf } from '../../core/ledger/localDays.ts';
import { spansInOtherUnits } from '../../core/ledger/otherUnits.ts';
import { intersectSpans, isTouched, mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type {
  LedgerCell,
  LedgerFigure,
  LedgerLine,
  LedgerName,
  ScaleCoverage,
  TimeSpan,
} from '../../core/ports/ledgerTable.ts';
import { type Unit, unitId } from '../../core/quota/unit.ts';
import { HOUR_MS } from '../../core/time.ts';
import { LocalHours } from '../../core/usage/localHours.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage, UsageSource, UsageTimeline } from '../../core/usage/usage.ts';
import type { UsageSumEntry } from '../../core/usage/usageLine.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import { coverageOf } from './ledgerCoverage.ts';
import type { RangeInLedger } from './rangeInLedger.ts';

/** What the ledger tells of a range: in the unit asked for, and in others that some of it was counted in. */
export interface LedgerUsage {
  readonly usage: Usage;
  readonly inOtherUnits: readonly Usage[];
}

/** Figures of days, or of hours, under one key name and model. */
interface Line {
  readonly of: LedgerName;
  /** Whether the figures are of whole days, in order. */
  readonly isOfDays: boolean;
  readonly figures: readonly Omit<UsageSumEntry, 'key' | 'model'>[];
}

const WITH_KEYS: ReadonlySet<LedgerSource> = new Set(['accountLog', 'dailySums']);
const WITH_MODELS: ReadonlySet<LedgerSource> = new Set(['keyLog', 'accountLog', 'hourlySums']);
/** Some gateways tell days by model, and others do not. */
const MAY_HAVE_MODELS: ReadonlySet<LedgerSource> = new Set([...WITH_MODELS, 'dailySums']);
const WITH_HOURS: ReadonlySet<LedgerSource> = WITH_MODELS;

export interface LedgerUsageOptions {
  readonly range: Range;
  /** For which spans all spend was told, by scale. */
  readonly scales: readonly ScaleCoverage[];
  /** Spans whose spend cannot be counted, since by which scale is not known. */
  readonly unclear: readonly TimeSpan[];
  readonly isAccount: boolean;
  /** Since when the key has its secret, by the gateway's clock; see `secretSince`. */
  readonly secretSince: number;
  /** Until when its log may lack rows, by the gateway's clock; see `unloggedUntil`. */
  readonly unloggedUntil: number;
  readonly step: UsageTimeline['step'];
}

/**
 * A report of a range from what the ledger has of it. Amounts keep the scale of their time; what counts in another unit is
 * a report of its own, and missing in this one. `missing` are the parts of the range that count as not covered; what one of
 * the sources does not tell is absent. Only an account's report has keys.
 */
export function ledgerUsage(
  found: RangeInLedger,
  unit: Unit,
  missing: readonly TimeSpan[],
  { range, scales, unclear, isAccount, secretSince, unloggedUntil, step }: LedgerUsageOptions,
): LedgerUsage {
  const lines = [...found.lines.map(lineOfDays), ...found.cells.map(lineOfCell(new LocalHours()))];
  const byUnit = Map.groupBy(lines, ({ of }) => unitId(of.unit));
  const overMidnight = found.cells.some(isOverMidnight);
  const sources = new Set(found.known.map(({ source }) => source));
  const spentIn = [...byUnit].flatMap(([id, all]) => (all.some(hasSpend) ? [id] : []));
  const usageIn = (unit: Unit, all: readonly Line[]): Usage => {
    const isElsewhere = spentIn.some(id => id !== unitId(unit));
    // A source without spend counts in every unit: it is 0 in any of them.
    const others = isElsewhere ? spansInOtherUnits(unit, scales) : [];
    const known = found.known.flatMap(span =>
      subtractSpans([span], others).map(part => ({ ...part, source: span.source })),
    );
    const lacking = mergeSpans([...missing, ...intersectSpans(found.known, others)]);
    const isUnclear = lacking.some(span => isTouched(span, unclear));
    const hasChanged = isElsewhere || isUnclear || hasScales(all);
    return {
      unit,
      ...sumUp(all, sources, step, isAccount),
      coverage: coverageOf(known, range, lacking, { hasChanged, secretSince, unloggedUntil, overMidnight }),
      source: sourceOf(sources, isAccount),
    };
  };
  const others = [...byUnit].flatMap(([id, all]) =>
    id !== unitId(unit) && spentIn.includes(id) ? [all] : [],
  );
  return {
    usage: usageIn(unit, byUnit.get(unitId(unit)) ?? []),
    // Whether that unit came from the gateway or a setting was not recorded.
    inOtherUnits: others.map(all => usageIn({ code: 'UNITS', ...all[0]?.of.unit, source: 'gateway' }, all)),
  };
}

/** Whether a gateway's sum of an hour is partly of the next day. */
function isOverMidnight({ source, from, to, raw }: LedgerCell): boolean {
  return source === 'hourlySums' && raw !== 0 && dayOf(from) !== dayOf(to - 1);
}

/** Whether spend counts by more than one scale. */
function hasScales(lines: readonly Line[]): boolean {
  const scales = new Set(lines.map(({ of }) => of.perUnit));
  return scales.size > 1 && new Set(lines.filter(hasSpend).map(({ of }) => of.perUnit)).size > 1;
}

function hasSpend({ figures }: Line): boolean {
  return figures.some(({ raw }) => raw !== 0);
}

function lineOfDays(line: LedgerLine): Line {
  return { of: line, isOfDays: true, figures: line.days };
}

function lineOfCell(hours: LocalHours): (cell: LedgerCell) => Line {
  return cell => {
    const { raw, requests } = cell;
    const isOfHour = cell.to - cell.from <= HOUR_MS;
    const at = isOfHour ? hours.localHourAt(cell.from) : { day: dayText(gatewayDayOf(cell)) };
    return {
      of: cell,
      isOfDays: false,
      figures: [{ hour: undefined, ...at, raw, requests, tokens: tokensOf(cell) }],
    };
  };
}

function tokensOf({ promptTokens, completionTokens }: LedgerFigure): number | undefined {
  const isTold = promptTokens !== undefined || completionTokens !== undefined;
  return isTold ? (promptTokens ?? 0) + (completionTokens ?? 0) : undefined;
}

function sumUp(
  all: readonly Line[],
  sources: ReadonlySet<LedgerSource>,
  step: UsageTimeline['step'],
  isAccount: boolean,
): Partial<Usage> {
  const sum = new UsageSum(isWithin(sources, WITH_HOURS) ? step : 'day');
  const perUnit = all.at(-1)?.of.perUnit ?? 1;
  // Sums by the hour have no keys, so rows beside them must not have any either.
  const hasKeys = !isAccount || isWithin(sources, WITH_KEYS);
  for (const { of, isOfDays, figures } of all) {
    const [key, model] = [hasKeys ? of.keyName : '', of.model];
    const scaled =
      of.perUnit === perUnit
        ? figures
        : figures.map(each => ({ ...each, raw: (each.raw / of.perUnit) * perUnit }));
    if (isOfDays) sum.addDays(key, model, scaled);
    else for (const each of scaled) sum.add({ ...each, key, model });
  }
  // A sum over several days belongs to none of them.
  if (sources.has('rangeSums')) return { total: sum.total(perUnit) };
  return {
    total: sum.total(perUnit),
    byDay: sum.rows('day', perUnit),
    ...(isAccount && isWithin(sources, WITH_KEYS) && { byKey: sum.rows('key', perUnit) }),
    ...(hasModels(all, sources) && { byModel: sum.rows('model', perUnit) }),
    timeline: sum.timeline(perUnit),
  };
}

function hasModels(all: readonly Line[], sources: ReadonlySet<LedgerSource>): boolean {
  if (isWithin(sources, WITH_MODELS)) return true;
  return isWithin(sources, MAY_HAVE_MODELS) && all.length > 0 && all.every(({ of }) => of.model !== '');
}

/**
 * The source of a report: the log, or the gateway's sums, where all spend comes from it, however long ago it was told;
 * else the ledger.
 */
function sourceOf(sources: ReadonlySet<LedgerSource>, isAccount: boolean): UsageSource {
  const isLog = (source: LedgerSource) => source === 'keyLog' || (source === 'accountLog' && !isAccount);
  const kinds = new Set([...sources].map(source => (isLog(source) ? 'logs' : 'gateway')));
  const [only = 'ledger', ...others] = kinds;
  return others.length === 0 ? only : 'ledger';
}

function isWithin(sources: ReadonlySet<LedgerSource>, others: ReadonlySet<LedgerSource>): boolean {
  return [...sources].every(source => others.has(source));
}
