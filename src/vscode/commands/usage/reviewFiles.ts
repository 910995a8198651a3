import * as l10n from '@vscode/l10n';
import type { HistoryRow } from '../../../core/ports/tables.ts';
import { GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { isSameUnit } from '../../../core/quota/unit.ts';
import { DAY_MS } from '../../../core/time.ts';
import { anomaliesOf, judgedOf } from '../../../core/usage/anomalies.ts';
import { anomaliesOnce, type Found } from '../../../core/usage/anomaliesOnce.ts';
import { type Flaw, flawOf } from '../../../core/usage/headline.ts';
import { localDay, type Range } from '../../../core/usage/range.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { verify } from '../../../services/usage/verifyGateway.ts';
import { listed } from '../../../text/clauses.ts';
import { reportsCsv } from '../../../text/exports/reportCsv.ts';
import { reportsJson } from '../../../text/exports/reportJson.ts';
import { failureText } from '../../../text/failure.ts';
import { reviewMarkdown } from '../../../text/review/review.ts';
import type { Balance, ReviewPart } from '../../../text/review/reviewContent.ts';
import { flawedFile } from '../../../text/usageHeadline.ts';
import { displayZone } from '../../../text/zoneName.ts';
import type { UsageAnswers } from '../../panels/usagePanelTypes.ts';
import { abilityFilter } from '../abilities.ts';
import type { CommandParts } from '../commandParts.ts';
import { stepTitle, verifiedOf } from './verifyReport.ts';

/** What to review and where to put it. */
export interface ReviewOrder {
  readonly keys: readonly KeyRecord[];
  readonly range: Range;
  /** The whole path. */
  readonly folder: string;
  readonly reviewer: string;
  /** Keys of which no spend at all is expected, by name. */
  readonly idleKeys: readonly string[];
}

const FLAWS: readonly (Flaw | undefined)[] = [
  undefined,
  'incomplete',
  'uncertain',
  'incomplete-and-uncertain',
];

/** All names that a file of a review can have. */
export const REVIEW_NAMES: readonly string[] = [
  ...['review.md', 'usage.csv', 'usage.json'].flatMap(name => FLAWS.map(flaw => flawedFile(name, flaw))),
  'verification.md',
];

const HABIT_MS = 60 * DAY_MS;

/** The files of a review with their contents, the review itself first. Smoke tests spend nothing. */
export async function reviewFiles(
  parts: CommandParts,
  order: ReviewOrder,
  { reports, problems, missing }: UsageAnswers,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const verification = await verificationOf(parts, order, tell, signal);
  const found = [...reports, ...missing].map(report => foundIn(parts, order, report));
  const once = anomaliesOnce(found);
  const review = reviewMarkdown({
    from: localDay(order.range.from),
    to: localDay(order.range.to),
    createdAt: new Date(parts.clock.now()).toISOString(),
    timeZone: displayZone(),
    parts: found.map((each, index) => partOf(parts, order, { ...each, anomalies: once[index] ?? [] })),
    unverified: [...problems, ...verification.failures],
    ratio: parts.settings().listPriceRatio,
  });
  const all = [...reports, ...missing];
  // A folder is handed over as it is, and its names are what is seen of it first.
  const flaw = flawOf(all);
  return new Map([
    [flawedFile('review.md', flaw), review],
    [flawedFile('usage.csv', flaw), reportsCsv(all)],
    [flawedFile('usage.json', flaw), reportsJson(all)],
    ['verification.md', verification.text],
  ]);
}

/** What is found in a report by itself. */
function foundIn(parts: CommandParts, order: ReviewOrder, report: UsageReport): Found {
  const origin = order.keys.find(({ id }) => id === report.keyId)?.origin ?? '';
  return { report, origin, anomalies: anomaliesOf(report, habitOf(parts, order, report)) };
}

function habitOf({ store }: CommandParts, { range, idleKeys }: ReviewOrder, { keyId, unit }: UsageReport) {
  const spans = store.history.spends(keyId, unit, range.from - HABIT_MS, range.to);
  return { spans, idleKeys };
}

function partOf(parts: CommandParts, order: ReviewOrder, { report, anomalies }: Found): ReviewPart {
  const { range } = order;
  const { keyId, unit } = report;
  const since = range.from - HABIT_MS;
  const rows = parts.store.history.rows(keyId, since, range.to).filter(row => isSameUnit(row.unit, unit));
  return {
    report,
    anomalies,
    judged: judgedOf(report, habitOf(parts, order, report)),
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

/** What a run of readings says was left, and when it said so last before a moment. */
function balanceAt(row: HistoryRow | undefined, moment: number): Balance | undefined {
  if (row?.remaining === undefined) return undefined;
  return {
    amount: row.remaining,
    at: new Date(Math.max(row.from, Math.min(row.to, moment))).toISOString(),
    series: row.series,
  };
}

interface VerificationTexts {
  readonly text: string;
  /** A sentence for each test that failed or could not be made. */
  readonly failures: readonly string[];
}

async function verificationOf(
  parts: CommandParts,
  { keys, range, reviewer }: ReviewOrder,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<VerificationTexts> {
  const days = { from: localDay(range.from), to: localDay(range.to) };
  const texts: string[] = [];
  const failures: string[] = [];
  for (const key of keys.filter(abilityFilter('verify'))) {
    tell(l10n.t('Verifying {0}', new URL(key.origin).host));
    try {
      const order = { key, range: days };
      const result = await verify(parts.keyRequests, order, () => undefined, signal);
      texts.push(verifiedOf(order, result, reviewer, parts.clock.now()).markdown);
      failures.push(
        ...result.steps.flatMap(({ passed, name }) => (passed ? [] : [failedText(key, stepTitle(name))])),
      );
    } catch (error) {
      if (signal.aborted || !(error instanceof GatewayError)) throw error;
      failures.push(failureText(error.failure, key));
    }
  }
  const untested = keys.filter(key => !abilityFilter('verify')(key)).map(({ label }) => label);
  if (untested.length > 0) {
    failures.push(
      l10n.t('Not tested against the gateway, because the key cannot be used for it: {0}.', listed(untested)),
    );
  }
  const none = `# ${l10n.t('Verification')}\n\n${l10n.t('None of these keys could be put through a smoke test.')}\n`;
  return { text: texts.length > 0 ? texts.join('\n') : none, failures };
}

function failedText({ label }: KeyRecord, title: string): string {
  return l10n.t('{0}: this test failed: “{1}”. See verification.md.', label, title);
}
