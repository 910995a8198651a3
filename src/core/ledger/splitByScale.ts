import type { ScaleCoverage, TimeSpan } from '../ports/ledgerTable.ts';
import { QUARTER_S, SECOND_MS } from '../time.ts';
import { isSameScale, type ScaleRun } from './scaleTimes.ts';
import { intersectSpans } from './spans.ts';
import type { SpendRecord, SpendRecords } from './spendRecord.ts';

/**
 * An answer in parts, oldest first, each of what was spent by one scale: a gateway tells its raw numbers, whatever they were
 * worth at the time. What was spent between the last look by one scale and the first by the next is in none of them.
 *
 * @param runs by which scales the numbers counted, by the gateway's clock, in epoch milliseconds.
 */
export function splitByScale(answer: SpendRecords, runs: readonly ScaleRun[]): readonly SpendRecords[] {
  const { records, complete, scale } = answer;
  const [only] = runs;
  if (!complete || !only || (runs.length === 1 && only.from === Number.NEGATIVE_INFINITY)) return [answer];
  const spent = records.filter(({ raw }) => raw !== 0);
  const spans = spansOf(runs, spent);
  const parts = runs.flatMap((run, index): SpendRecords[] => {
    const span = spans[index];
    const [within] = span ? intersectSpans([span], [complete]) : [];
    if (!within) return [];
    const { unit, perUnit } = run;
    const ofTime = isSameScale(run, scale)
      ? scale
      : { unit: { ...unit, source: scale.unit.source }, perUnit };
    return [
      { ...answer, scale: ofTime, records: records.filter(each => isIn(each, within)), complete: within },
    ];
  });
  const present = parts.filter(part => part.scale === scale).at(-1);
  const isNewest = present !== undefined && present === parts.at(-1);
  // How the last answer counted is noted with a part by the present scale, though it may hold nothing.
  const all = isNewest ? parts : [...parts, { ...answer, records: [], complete: undefined }];
  return all.map((part, index) => ({ ...part, partOf: { records, isLast: index === all.length - 1 } }));
}

/** The same runs, each of which lasts at least as long as what was told by its scale before the next began. */
export function lengthened(runs: readonly ScaleRun[], told: readonly ScaleCoverage[]): readonly ScaleRun[] {
  return runs.map((run, index) => {
    const next = runs[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const spans = told.filter(each => isSameScale(each, run)).flatMap(({ covered }) => covered);
    const ends = spans.filter(({ from, to }) => from < next && to <= next).map(({ to }) => to);
    return { ...run, to: Math.max(run.to, ...ends) };
  });
}

/** The seconds of each scale: whole quarters of an hour where one follows on another. */
function spansOf(runs: readonly ScaleRun[], spent: readonly SpendRecord[]): readonly TimeSpan[] {
  const seconds = runs.map(({ from, to }) => ({ from: secondOf(from), to: secondOf(to) }));
  const cuts = seconds
    .slice(1)
    .map(({ from }, index) => cutBetween({ from: seconds[index]?.to ?? from, to: from }, spent));
  return seconds.map(({ from, to }, index) => ({
    from: cuts[index - 1]?.to ?? quarterUpTo(from),
    to: cuts[index]?.from ?? to,
  }));
}

/**
 * Where one scale ends and the next begins. That is one moment where nothing was spent while either may have held, and
 * nothing either up to a quarter of an hour: then it does not matter which of them it was.
 */
function cutBetween({ from, to }: TimeSpan, spent: readonly SpendRecord[]): TimeSpan {
  const [down, up] = [quarterFrom(from), quarterUpTo(to)];
  const isQuiet = (span: TimeSpan) => !spent.some(each => isIn(each, span));
  for (const moment of [down, quarterUpTo(from), up])
    if (isQuiet({ from, to: moment }) && isQuiet({ from: moment, to })) return { from: moment, to: moment };
  return { from: down, to: up };
}

/** Whether a row lies within a span, or a sum has a part of it. */
function isIn({ at, lasts = 1 }: SpendRecord, { from, to }: TimeSpan): boolean {
  return at < to && at + lasts > from;
}

function quarterFrom(second: number): number {
  return Math.floor(second / QUARTER_S) * QUARTER_S;
}

function quarterUpTo(second: number): number {
  return Math.ceil(second / QUARTER_S) * QUARTER_S;
}

function secondOf(ms: number): number {
  return Math.floor(ms / SECOND_MS);
}
