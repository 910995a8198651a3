import { isAbsolute, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { parseBudget } from '../../../core/input/parseBudget.ts';
import { MINUTE_MS } from '../../../core/time.ts';
import { localDay } from '../../../core/usage/range.ts';
import { createReview, REVIEW_FILE_NAMES, type ReviewOrder } from '../../../services/usage/budgetReview.ts';
import { removeFiles, writeFilesAtomically } from '../../host/files.ts';
import { showInformation } from '../../host/messages.ts';
import { saveText, uriExists } from '../../host/saveText.ts';
import {
  booleanMember,
  keyIdsMember,
  type Members,
  textListMember,
  textMember,
  withErrorText,
} from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { displayPath } from '../saveFile.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { keysByIds } from './queryWithProgress.ts';
import { rangeFromMembers, rangeMembers } from './rangeArgument.ts';
import { askReview, budgetRequired } from './reviewForm.ts';

/** A command that is run by argument may have nobody who could cancel the waiting. */
const MAX_WAIT_BY_ARGUMENT_MS = 5 * MINUTE_MS;

const reviewMembers = {
  keys: keyIdsMember,
  ...rangeMembers,
  folder: withErrorText(v.pipe(v.string(), v.check(isAbsolute)), folderRequired),
  reviewer: textMember,
  budget: withErrorText(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.check(input => parseBudget(input) !== undefined),
    ),
    budgetRequired,
  ),
  idleKeys: textListMember,
  overwrite: booleanMember,
};

/**
 * `keyQuota.createBudgetReview`: writes `review.md`, `review.html`, charts, `usage.csv`, `usage.json` and
 * `verification.md` into one folder, where none of them exists yet. By argument `{ keys, from, to, folder, reviewer,
 * budget, idleKeys, overwrite }` → `{ files }`.
 */
export const createBudgetReview = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/title', group: '5_review' }],
  argument: { members: reviewMembers },
  run: async (parts, { members, isObject }) => {
    const order = isObject ? await orderFromMembers(parts, members) : await askOrder(parts);
    if (!order) return undefined;
    const contents = await withCancellableProgress(l10n.t('Creating the budget review'), (tell, signal) =>
      createReview(parts, order, tell, signal),
    );
    if (!contents) return undefined;
    const files = [...contents.keys()].map(name => vscode.Uri.joinPath(order.folder, name));
    await writeReview(order.folder, contents);
    if (!isObject) void offerReview(files);
    return { files: files.map(displayPath) };
  },
});

/** On a disk either all files are written or none. Other file systems cannot do that, but there the folder is new. */
async function writeReview(folder: vscode.Uri, contents: ReadonlyMap<string, string>): Promise<void> {
  if (folder.scheme !== 'file') {
    for (const [name, text] of contents) await saveText(vscode.Uri.joinPath(folder, name), text);
    return;
  }
  const pathTo = (name: string) => join(folder.fsPath, name);
  await writeFilesAtomically(new Map([...contents].map(([name, text]) => [pathTo(name), text])));
  // A file of an earlier review with the other name (`…-incomplete`) would contradict this one.
  await removeFiles(REVIEW_FILE_NAMES.filter(name => !contents.has(name)).map(pathTo));
}

interface ReviewOrderInFolder extends ReviewOrder {
  readonly folder: vscode.Uri;
}

async function orderFromMembers(
  parts: CommandParts,
  members: Members<typeof reviewMembers>,
): Promise<ReviewOrderInFolder> {
  const { folder, reviewer = '', budget, idleKeys = [], overwrite } = members;
  if (folder === undefined) throw new Error(folderRequired());
  const { range } = rangeFromMembers(members, parts.clock.now());
  const keys = keysByIds(parts, members.keys ?? 'all');
  if (keys.length === 0) throw new Error(l10n.t('There is no key to review.'));
  const place = vscode.Uri.file(folder);
  const file = overwrite === true ? undefined : await existingReviewFile(place);
  if (file !== undefined)
    throw new Error(
      l10n.t('There is a file {0} already. With “overwrite” set to true it is replaced.', displayPath(file)),
    );
  return {
    keys,
    range,
    folder: place,
    reviewer,
    budget: budget === undefined ? undefined : parseBudget(budget),
    idleKeys,
    maxWaitMs: MAX_WAIT_BY_ARGUMENT_MS,
  };
}

function folderRequired(): string {
  return l10n.t('“folder” must be the full path of a folder.');
}

/** A file of a review that is in the folder already. */
async function existingReviewFile(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (const name of REVIEW_FILE_NAMES) {
    const file = vscode.Uri.joinPath(folder, name);
    if (await uriExists(file)) return file;
  }
  return undefined;
}

/** The first folder of this name without a review in it. */
async function unusedFolder(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const folder = vscode.Uri.joinPath(parent, number === 1 ? name : `${name} (${number})`);
    if ((await existingReviewFile(folder)) === undefined) return folder;
  }
}

async function askOrder(parts: CommandParts): Promise<ReviewOrderInFolder | undefined> {
  const asked = await askReview(parts);
  if (!asked) return undefined;
  const { order, parent } = asked;
  const name = `budget-review-${localDay(order.range.from)}-${localDay(order.range.to)}`;
  return { ...order, folder: await unusedFolder(parent, name) };
}

async function offerReview([review, ...others]: readonly vscode.Uri[]): Promise<void> {
  if (review === undefined) return;
  const open = l10n.t('Open Review');
  const choice = await showInformation(l10n.t('Budget review written: {0} files.', others.length + 1), open);
  if (choice === open) await vscode.commands.executeCommand('markdown.showPreview', review);
}
