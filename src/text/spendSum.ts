import * as l10n from '@vscode/l10n';
import { dayOf, startOfDay } from '../core/ledger/localDays.ts';
import { type SpendSum, spendSums } from '../core/ledger/spendSums.ts';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import { type Unit, unitName } from '../core/quota/unit.ts';
import { countText } from './amount.ts';
import { joinClauses, joinNames } from './clauses.ts';
import { keyCountText } from './keyCounts.ts';
import { type IsWhole, isWholeOf, spentText } from './spend.ts';
import { dateTimeText } from './time.ts';

type Period = 'today' | 'week' | 'month';

/** What was spent today, in seven days and this month, each as text; undefined where nothing of that is known. */
function knownTexts(
  spend: KeySpend,
  unit: Unit,
  isWhole: IsWhole,
  now: number,
): Record<Period, string | undefined> {
  const today = dayOf(now);
  const first = new Date(now);
  const monthFrom = spend.monthFrom ?? new Date(first.getFullYear(), first.getMonth());
  const day = { amount: spend.today, from: startOfDay(today) };
  const week = { amount: spend.week, from: startOfDay(today - 6) };
  const month = { amount: spend.month, from: new Date(monthFrom).getTime() };
  return {
    today: spentText(day, unit, isWhole),
    week: spentText(week, unit, isWhole, [day, month]),
    month: spentText(month, unit, isWhole, [week, day]),
  };
}

/** The same of a key. */
export function knownSpendTexts(
  spend: KeySpend,
  unit: Unit,
  now: number,
): Record<Period, string | undefined> {
  return knownTexts(spend, unit, isWholeOf(spend), now);
}

/** The same with a word for what is not known. */
export function spendTexts(spend: KeySpend, unit: Unit, now: number): Record<Period, string> {
  return withUnknown(knownSpendTexts(spend, unit, now));
}

function withUnknown({
  today,
  week,
  month,
}: Partial<Record<Period, string | undefined>>): Record<Period, string> {
  const unknown = l10n.t('unknown');
  return { today: today ?? unknown, week: week ?? unknown, month: month ?? unknown };
}

/** The same in one line; undefined where nothing is known. */
export function spendText(spend: KeySpend, unit: Unit, now: number): string | undefined {
  return lineOf(knownSpendTexts(spend, unit, now));
}

function lineOf(known: Record<Period, string | undefined>): string | undefined {
  if (Object.values(known).every(text => text === undefined)) return undefined;
  const { today, week, month } = withUnknown(known);
  return l10n.t('today {0} · 7 days {1} · this month {2}', today, week, month);
}

/** Since when spend is known, where a part is not. */
export function sinceText(spend: KeySpend): string | undefined {
  const { complete, since, until } = spend;
  if (until !== undefined) return l10n.t('nothing known since {0}', dateTimeText(until));
  if (complete || since === '') return undefined;
  const known = l10n.t('spend fully known since {0}', dateTimeText(since));
  const undivided = undividedText(spend);
  return undivided === undefined ? known : joinClauses([known, undivided]);
}

function undividedText({ since, undividedAt }: KeySpend): string | undefined {
  const isThere = undividedAt?.some(at => at > since);
  return isThere ? l10n.t('some spend over midnight may be of either day') : undefined;
}

/**
 * What all keys spent, a line for each unit, and two where accounts may have the same spend as keys. Lines are short, since
 * the longest makes the tooltip wide; what may be counted twice is a line of its own.
 */
export function spendSumTexts(keys: readonly KeyState[], now: number): readonly string[] {
  return spendSums(keys).flatMap(sum => {
    const spent = lineOf(knownTexts(sum, sum.unit, isWholeOfSum(sum), now));
    if (spent === undefined) return [];
    const lack = shortLackTexts(sum);
    const line = l10n.t('{0}: {1}', nameOf(sum), joinClauses([spent, ...lack.slice(0, 1)]));
    return [line, ...lack.slice(1), ...doubtsOn(sum)];
  });
}

/** What was spent in one unit, figure by figure. */
export interface SpendSumRow extends Readonly<Record<Period, string>> {
  readonly name: string;
  /** What is not known of it, and what may be counted twice. */
  readonly notes: readonly string[];
}

/** The same as rows of a table, also of units in which nothing is known. */
export function spendSumRows(keys: readonly KeyState[], now: number): readonly SpendSumRow[] {
  return spendSums(keys).map(sum => ({
    name: `${nameOf(sum)} · ${unitName(sum.unit)}`,
    ...withUnknown(knownTexts(sum, sum.unit, isWholeOfSum(sum), now)),
    notes: [lackText(sum), ...doubtsOn(sum)].filter(note => note !== undefined),
  }));
}

/** A row of a unit in which nothing is known of any key. */
export function unknownSumRow(unit: Pick<Unit, 'code' | 'symbol'>): SpendSumRow {
  return { name: `${l10n.t('Spent')} · ${unitName(unit)}`, ...withUnknown({}), notes: [] };
}

/** Which keys of a sum may be counted more than once. */
function doubtsOn(sum: SpendSum): readonly string[] {
  return [
    sum.twice && l10n.t('perhaps one key that is counted twice: {0}', joinNames(sum.twice)),
    sum.sharing && l10n.t('perhaps one balance that is counted for each key: {0}', joinNames(sum.sharing)),
  ].filter(note => note !== undefined);
}

/** A sum is whole as far as each of its keys is. */
function isWholeOfSum(sum: SpendSum): IsWhole {
  return sum.missing > 0 ? () => false : isWholeOf(sum);
}

/** What is not known of a sum: since when it is known of all its keys, else for how many keys it is not. */
function lackText(sum: SpendSum): string | undefined {
  const unknown = unknownOf(sum);
  return unknown === undefined
    ? sinceText({ ...sum, until: lastHeard(sum) })
    : l10n.t('keys whose spend is unknown: {0}', countText(unknown));
}

/** The same in few words, first what stands beside the figures. */
function shortLackTexts(sum: SpendSum): readonly string[] {
  const unknown = unknownOf(sum);
  const lack = lackText(sum);
  if (unknown !== undefined) return [l10n.t('{0} unknown', keyCountText(unknown))];
  if (lack === undefined || lastHeard(sum) !== undefined) return lack === undefined ? [] : [lack];
  const since = l10n.t('complete since {0}', dateTimeText(sum.since));
  return [since, undividedText(sum)].filter(text => text !== undefined);
}

/** Until when spend is known, where no key of the sum has current figures. */
function lastHeard({ members }: SpendSum): string | undefined {
  const silent = silentTimes(members);
  return silent.length === members.length ? silent.at(-1) : undefined;
}

/** How many keys have no known spend; undefined where that is true of all keys, or of none. */
function unknownOf({ members, missing }: SpendSum): number | undefined {
  const silent = silentTimes(members).length;
  const isOfAll = missing === 0 && (silent === 0 || silent === members.length);
  return isOfAll ? undefined : missing + silent;
}

function silentTimes(members: readonly KeySpend[]): readonly string[] {
  return members.flatMap(({ until }) => until ?? []).toSorted();
}

function nameOf({ of, gateway }: SpendSum): string {
  if (of === 'accounts') return l10n.t('Spent by accounts');
  if (of === 'keys') return l10n.t('Spent by keys, which may be in an account’s sum');
  return gateway === undefined ? l10n.t('Spent') : l10n.t('Spent at {0}', gateway);
}
