import { exact } from '../quota/exact.ts';
import { isSameUnit, type Unit, unitId } from '../quota/unit.ts';
import { type Headline, headlineOf, isCompleteReport } from './headline.ts';
import type { UsageReport } from './usageReport.ts';

/** The total of the reports in one unit, with each key's spend counted once. */
export interface UnitTotal {
  readonly unit: Unit;
  /** The reports that the total is made of: keys whose account's figures hold theirs are not among them. */
  readonly counted: readonly UsageReport[];
  /** Undefined where accounts stand beside keys that may be theirs. */
  readonly used: number | undefined;
  /** What the total covers. A report without a figure counts where its key spends in this unit. */
  readonly headline: Headline;
}

/** A total that is known. */
export type KnownTotal = UnitTotal & { readonly used: number };

/** Whether a total is known. */
export function isKnownTotal(total: UnitTotal): total is KnownTotal {
  return total.used !== undefined;
}

/**
 * The total of each unit in which there is a figure, at `now` (epoch milliseconds). Raw quota units of two gateways are
 * different units, so only a single figure in them is a total.
 */
export function unitTotals(reports: readonly UsageReport[], now: number): readonly UnitTotal[] {
  const known = reports.filter(({ total }) => total !== undefined);
  return [...Map.groupBy(known, ({ unit }) => unitId(unit)).values()].flatMap((ofUnit): UnitTotal[] => {
    const [first] = ofUnit;
    if (!first || (first.unit.code === 'UNITS' && ofUnit.length > 1)) return [];
    const { counted, partlyTold } = countedOnce(ofUnit);
    const missing = missingIn(first.unit, reports).filter(report => !isHeldByAny(report, counted));
    const used = exact(counted.reduce((sum, { total }) => sum + (total?.used ?? 0), 0));
    return [
      {
        unit: first.unit,
        counted,
        used: mayOverlap(counted) ? undefined : used,
        headline: headlineOf(counted, missing.length + partlyTold, now),
      },
    ];
  });
}

/** The reports without a figure whose keys spend in a unit, as far as that is known. */
export function missingIn(unit: Unit, reports: readonly UsageReport[]): readonly UsageReport[] {
  if (unit.code === 'UNITS') return [];
  return reports.filter(
    each => each.total === undefined && !each.isUnitUnknown && isSameUnit(each.unit, unit),
  );
}

/** The reports without a figure of which nobody knows in which unit they would be: they are in no total. */
export function withoutUnit(reports: readonly UsageReport[]): readonly UsageReport[] {
  return reports.filter(({ total, isUnitUnknown }) => total === undefined && isUnitUnknown);
}

/**
 * Without the keys whose account's figure is there too. Where an account's is known in part, and its keys spent more than
 * that, they are counted in its place: `partlyTold` is the number of such accounts.
 */
function countedOnce(reports: readonly UsageReport[]) {
  const ofAccounts = Map.groupBy(reports, ({ belongsTo }) => belongsTo?.account ?? '');
  const isLeftOut = (account: UsageReport) => {
    const keys = ofAccounts.get(account.keyId) ?? [];
    return !isCompleteReport(account) && sumOf(keys) > (account.total?.used ?? 0);
  };
  const accounts = reports.filter(isAccount);
  const partlyTold = accounts.filter(isLeftOut);
  const standing = accounts.filter(account => !partlyTold.includes(account));
  return {
    counted: reports.filter(each => !partlyTold.includes(each) && !isHeldByAny(each, standing)),
    partlyTold: partlyTold.length,
  };
}

function sumOf(reports: readonly UsageReport[]): number {
  return reports.reduce((sum, { total }) => sum + (total?.used ?? 0), 0);
}

function isAccount({ scope }: UsageReport): boolean {
  return scope.account !== undefined;
}

/** Whether a report's spend is in that of its account. */
function isHeldByAny({ belongsTo }: UsageReport, others: readonly UsageReport[]): boolean {
  return belongsTo?.account !== undefined && others.some(({ keyId }) => keyId === belongsTo.account);
}

/** Whether the spend of a key may be in an account's as well. A key whose account is not told may belong to any. */
function mayOverlap(reports: readonly UsageReport[]): boolean {
  const accounts = reports.filter(isAccount);
  return reports.some(report => {
    if (isAccount(report)) return false;
    const { belongsTo } = report;
    const maybe = belongsTo?.maybe ?? [];
    return accounts.some(({ keyId }) => !belongsTo || maybe.includes(keyId));
  });
}
