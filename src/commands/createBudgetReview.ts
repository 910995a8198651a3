import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeWhole } from '../host/files.ts';
import { showInformation } from '../host/messages.ts';
import { type VerifyOrder, verify } from '../monitor/verify.ts';
import { anomaliesOf } from '../quota/anomalies.ts';
import type { KeyRecord } from '../quota/key.ts';
import { localDay, parseRange, type Range } from '../quota/range.ts';
import type { UsageReport } from '../quota/usageReport.ts';
import { HistoryTable } from '../store/historyTable.ts';
import { t } from '../words/l10n.ts';
import { reportsCsv } from '../words/reportCsv.ts';
import { reportsJson } from '../words/reportJson.ts';
import { type Review, type ReviewPart, reviewMarkdown } from '../words/review.ts';
import { abilityFilter } from './abilities.ts';
import { type Answers, askWithProgress, keysOf } from './askUsage.ts';
import type { CommandHandler, CommandParts } from './commandParts.ts';
import { rangeOfArgument } from './rangeArgument.ts';
import { askRange } from './rangePicker.ts';
import { verifiedOf } from './verifyReport.ts';

/** What to review and where to put it. */
interface ReviewOrder {
  readonly keys: readonly KeyRecord[];
  readonly range: Range;
  readonly folder: string;
  readonly reviewer: string;
  readonly idleKeys: readonly string[];
}

const HABIT_MS = 60 * 86_400_000;

/**
 * `keyQuota.createBudgetReview`: writes `review.md`, `usage.csv`, `usage.json` and `verification.md` into one
 * folder. By argument `{ keys, from, to, folder, reviewer, idleKeys }` → `{ files }`.
 */
export const createBudgetReview: CommandHandler = async (parts, argument) => {
  const members = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<
    string,
    unknown
  >;
  const order = 'folder' in members ? orderOf(parts, members) : await askOrder(parts);
  if (!order) return undefined;
  const answers = await askWithProgress(parts, order.keys, order.range);
  if (!answers) return undefined;
  const files = await writeReview(parts, order, answers);
  if (!('folder' in members)) void offerReview(files);
  return { files };
};

function orderOf(parts: CommandParts, members: Readonly<Record<string, unknown>>): ReviewOrder {
  if (typeof members.folder !== 'string' || members.folder === '')
    throw new Error(t('“folder” has to be a path.'));
  const idleKeys = Array.isArray(members.idleKeys) ? members.idleKeys.map(String) : [];
  return {
    keys: keysOf(parts, members.keys ?? 'all'),
    range: rangeOfArgument(members, parts.clock.now()).range,
    folder: members.folder,
    reviewer: typeof members.reviewer === 'string' ? members.reviewer : '',
    idleKeys,
  };
}

async function askOrder(parts: CommandParts): Promise<ReviewOrder | undefined> {
  const title = t('Create Budget Review');
  const now = parts.clock.now();
  const items = parts.monitor.snapshot.map(({ id, label, origin }) => ({
    label,
    description: new URL(origin).host,
    picked: true,
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true, ignoreFocusOut: true });
  if (!picked || picked.length === 0) return undefined;
  const ends = await askRange(title, now);
  const range = ends && parseRange(ends.from, ends.to, now).range;
  if (!range) return undefined;
  const [parent] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: t('Write Review Here'),
    })) ?? [];
  if (!parent) return undefined;
  const name = `budget-review-${localDay(range.from)}-${localDay(range.to)}`;
  const keys = keysOf(
    parts,
    picked.map(({ id }) => id),
  );
  return { keys, range, folder: join(parent.fsPath, name), reviewer: '', idleKeys: [] };
}

async function writeReview(
  parts: CommandParts,
  order: ReviewOrder,
  { reports, problems }: Answers,
): Promise<string[]> {
  const now = parts.clock.now();
  const review: Review = {
    from: localDay(order.range.from),
    to: localDay(order.range.to),
    createdAt: new Date(now).toISOString(),
    parts: reports.map(report => partOf(parts, order, report)),
    unverified: problems,
    ratio: parts.settings().listPriceRatio,
  };
  const contents: readonly [string, string][] = [
    ['review.md', reviewMarkdown(review)],
    ['usage.csv', reportsCsv(reports)],
    ['usage.json', reportsJson(reports)],
    ['verification.md', await verificationText(parts, order)],
  ];
  const files: string[] = [];
  for (const [name, text] of contents) {
    const file = join(order.folder, name);
    await writeWhole(file, text);
    files.push(file);
  }
  return files;
}

function partOf({ store }: CommandParts, { range, idleKeys }: ReviewOrder, report: UsageReport): ReviewPart {
  const rows = store
    .room(HistoryTable)
    .rows(report.keyId, range.from - HABIT_MS, range.to)
    .filter(({ unit }) => unit.code === report.unit.code && unit.symbol === report.unit.symbol);
  const spans = rows.map(({ from, spent }) => ({ at: from, spent }));
  return {
    report,
    anomalies: anomaliesOf(report, { spans, idleKeys }),
    opening: rows.filter(({ from }) => from <= range.from).at(-1)?.remaining,
    closing: rows.at(-1)?.remaining,
  };
}

/** The smoke tests of those keys that can be put through one; none of them spends anything. */
async function verificationText(
  parts: CommandParts,
  { keys, range, reviewer }: ReviewOrder,
): Promise<string> {
  const now = parts.clock.now();
  const days = { from: localDay(range.from), to: localDay(range.to) };
  const texts: string[] = [];
  for (const key of keys.filter(abilityFilter('verify'))) {
    const order: VerifyOrder = { key, range: days };
    texts.push(
      verifiedOf(order, await verify(parts.questions, order, () => undefined), reviewer, now).markdown,
    );
  }
  return texts.length > 0
    ? texts.join('\n')
    : `# ${t('Verification')}\n\n${t('None of these keys can be put through a smoke test.')}\n`;
}

async function offerReview([review, ...others]: readonly string[]): Promise<void> {
  if (review === undefined) return;
  const open = t('Open Review');
  const choice = await showInformation(t('Budget review written: {0} files.', others.length + 1), open);
  if (choice === open) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(review));
}
