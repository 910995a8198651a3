import type { Budget } from '../../core/input/parseBudget.ts';
import type { HistoryRow } from '../../core/ports/historyTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { withUniqueNames } from '../../core/quota/uniqueNames.ts';
import { isSameUnit } from '../../core/quota/unit.ts';
import { DAY_MS, isoTime } from '../../core/time.ts';
import { anomalyChecksOf, findAnomalies } from '../../core/usage/anomalies.ts';
import { deduplicateAnomalies, type ReportAnomalies } from '../../core/usage/deduplicateAnomalies.ts';
import { flawOf } from '../../core/usage/headline.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { RangeEnds } from '../../core/usage/rangePresets.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { displayLanguage } from '../../text/displayLanguage.ts';
import { documentHtml } from '../../text/document/documentHtml.ts';
import { documentMarkdown } from '../../text/document/documentMarkdown.ts';
import { reportsCsv } from '../../text/exports/reportCsv.ts';
import { reportsJson } from '../../text/exports/reportJson.ts';
import { reviewBlocks, reviewTitle } from '../../text/review/review.ts';
import { PICTURE_FILES, pictureFiles } from '../../text/review/reviewCharts.ts';
import type { Balance, PeriodBefore, Review, ReviewPart } from '../../text/review/reviewContent.ts';
import { quotedDoubt } from '../../text/review/reviewDoubts.ts';
import { scopeName } from '../../text/usage.ts';
import { flawedFileName } from '../../text/usageHeadline.ts';
import { displayZone } from '../../text/zoneName.ts';
import type { AskParts } from './askKeys.ts';
import { askKeysWithRetry } from './askKeysWithRetry.ts';
import { periodBefore, spentBefore } from './periodBefore.ts';
import { limitsForReview } from './reviewLimits.ts';
import { verifyForReview } from './reviewVerification.ts';

/** What to review. */
export interface ReviewOrder {
  readonly keys: readonly KeyRecord[];
  readonly range: Range;
  readonly reviewer: string;
  /** What was planned for the range. */
  readonly budget?: Budget;
  /** Names or ids of keys that should have no spend. */
  readonly idleKeys: readonly string[];
  /** How long to wait for keys that may not be asked yet, in milliseconds; undefined: until it is cancelled. */
  readonly maxWaitMs?: number;
}

/** What `createReview` needs. */
export interface ReviewParts extends AskParts {
  readonly settings: () => Settings;
}

/** The ends of file names by the flaw of the figures, with those of earlier versions. */
const ENDINGS = ['', '-incomplete', '-uncertain', '-incomplete-and-uncertain'];

/** All file names that a review can have. */
export const REVIEW_FILE_NAMES: readonly string[] = [
  ...['review.md', 'review.html', 'usage.csv', 'usage.json'].flatMap(name =>
    ENDINGS.map(ending => name.replace('.', `${ending}.`)),
  ),
  ...PICTURE_FILES,
  'verification.md',
];

const BASELINE_MS = 60 * DAY_MS;

/**
 * Queries keys for a range, verifies their gateways, and returns the files of a review by name, the review
 * first. Smoke tests spend nothing. `report` receives progress texts. When `signal` aborts while keys are waited for, the
 * review is made without them.
 * @throws the reason of `signal`, when it aborts at another time.
 */
export async function createReview(
  parts: ReviewParts,
  asked: ReviewOrder,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const order = withNamesOfKeys(asked);
  const { keys, range, maxWaitMs } = order;
  const { reports, missing } = await askKeysWithRetry(parts, keys, range, report, signal, maxWaitMs);
  // Only the waiting was cancelled.
  const rest = signal.aborted ? new AbortController().signal : signal;
  const verification = await verifyForReview(parts, order, report, rest);
  const baseUrls = new Map(order.keys.map(({ id, baseUrl }) => [id, baseUrl]));
  const reportAnomalies = [...reports, ...missing].map(report =>
    anomaliesIn(parts, order, report, baseUrls.get(report.keyId) ?? ''),
  );
  const uniqueAnomalies = deduplicateAnomalies(reportAnomalies);
  const before = periodBefore(order.range, parts.clock.now());
  const review: Review = {
    from: localDay(order.range.from),
    to: localDay(order.range.to),
    createdAt: isoTime(parts.clock.now()),
    before,
    timeZone: displayZone(),
    reviewer: order.reviewer,
    budget: order.budget,
    limits: order.budget ? undefined : limitsForReview(parts.store, keys, range, parts.settings()),
    parts: reportAnomalies.map((each, index) => ({
      ...reviewPartOf(parts, order, { ...each, anomalies: uniqueAnomalies[index] ?? [] }),
      before: before && spentBeforeReport(parts, order, each.report, before),
    })),
    unverified: [
      ...missing.flatMap(({ scope, note }) => (note ? [quotedDoubt(scopeName({ scope }), note)] : [])),
      ...verification.doubts,
    ],
    ratio: parts.settings().listPriceRatio,
  };
  const blocks = reviewBlocks(review);
  const all = [...reports, ...missing];
  // File names show a flaw too: they are seen first.
  const flaw = flawOf(all);
  return new Map([
    [flawedFileName('review.md', flaw), documentMarkdown(blocks)],
    [flawedFileName('review.html', flaw), documentHtml(reviewTitle(review), blocks, displayLanguage())],
    ...pictureFiles(blocks),
    [flawedFileName('usage.csv', flaw), reportsCsv(all)],
    [flawedFileName('usage.json', flaw), reportsJson(all)],
    ['verification.md', verification.text],
  ]);
}

/**
 * The order with a unique name for each key, since in a document nothing else tells keys apart. `idleKeys` keep the
 * names that people know.
 */
function withNamesOfKeys(order: ReviewOrder): ReviewOrder {
  const { keys, idleKeys } = order;
  const idleIds = keys.filter(({ label }) => idleKeys.includes(label)).map(({ id }) => id);
  return { ...order, keys: withUniqueNames(keys), idleKeys: [...idleKeys, ...idleIds] };
}

/** The anomalies of one report. */
function anomaliesIn(
  parts: ReviewParts,
  order: ReviewOrder,
  report: UsageReport,
  baseUrl: string,
): ReportAnomalies {
  return { report, baseUrl, anomalies: findAnomalies(report, anomalyOptions(parts, order, report)) };
}

function anomalyOptions(
  { store }: ReviewParts,
  { range, idleKeys }: ReviewOrder,
  { keyId, unit }: UsageReport,
) {
  const spans = store.history.spendSpans(keyId, unit, range.from - BASELINE_MS, range.to);
  return { spans, idleKeys };
}

function spentBeforeReport(
  { store, clock }: ReviewParts,
  { keys }: ReviewOrder,
  { keyId, unit }: UsageReport,
  before: RangeEnds,
): PeriodBefore | undefined {
  const key = keys.find(({ id }) => id === keyId);
  return key && spentBefore(store, key, unit, before, clock.now());
}

function reviewPartOf(
  parts: ReviewParts,
  order: ReviewOrder,
  { report, anomalies }: ReportAnomalies,
): ReviewPart {
  const { range } = order;
  const { keyId, unit } = report;
  const since = range.from - BASELINE_MS;
  const rows = parts.store.history
    .historyRows(keyId, since, range.to)
    .filter(row => isSameUnit(row.unit, unit));
  return {
    report,
    anomalies,
    judged: anomalyChecksOf(report, anomalyOptions(parts, order, report)),
    opening: balanceAt(
      rows.findLast(({ from }) => from <= range.from),
      range.from,
    ),
    closing: balanceAt(
      rows.findLast(({ to }) => to >= range.from),
      range.to,
    ),
  };
}

/**
 * The balance of a history row, and the last time at or before `moment` (epoch milliseconds) that it was
 * read.
 */
function balanceAt(row: HistoryRow | undefined, moment: number): Balance | undefined {
  if (row?.remaining === undefined) return undefined;
  return {
    amount: row.remaining,
    at: isoTime(Math.max(row.from, Math.min(row.to, moment))),
    series: row.series,
  };
}
