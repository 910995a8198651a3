import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { writeAllWhole } from '../host/files.ts';
import { pickMany } from '../host/forms.ts';
import { showInformation } from '../host/messages.ts';
import { shownItem } from '../host/shownItem.ts';
import { localDay, parseRange } from '../quota/range.ts';
import { t } from '../words/l10n.ts';
import { askAbout, keysOf, progressText } from './askUsage.ts';
import { cancellable } from './cancellable.ts';
import type { CommandHandler, CommandParts } from './commandParts.ts';
import { rangeOfArgument } from './rangeArgument.ts';
import { askRange } from './rangePicker.ts';
import { type ReviewOrder, reviewFiles } from './reviewFiles.ts';

/**
 * `keyQuota.createBudgetReview`: writes `review.md`, `usage.csv`, `usage.json` and `verification.md` into one
 * folder. By argument `{ keys, from, to, folder, reviewer, idleKeys }` → `{ files }`.
 */
export const createBudgetReview: CommandHandler = async (parts, argument) => {
  const isArgument = typeof argument === 'object' && argument !== null;
  const order = isArgument
    ? orderOf(parts, argument as Readonly<Record<string, unknown>>)
    : await askOrder(parts);
  if (!order) return undefined;
  const contents = await cancellable(t('Creating the budget review'), async (tell, signal) => {
    const hear = (...words: Parameters<typeof progressText>) => tell(progressText(...words));
    const answers = await askAbout(parts, order.keys, order.range, hear, signal);
    return reviewFiles(parts, order, answers, tell, signal);
  });
  if (!contents) return undefined;
  const files = new Map([...contents].map(([name, text]) => [join(order.folder, name), text]));
  await writeAllWhole(files);
  if (!isArgument) void offerReview([...files.keys()]);
  return { files: [...files.keys()] };
};

function orderOf(parts: CommandParts, members: Readonly<Record<string, unknown>>): ReviewOrder {
  const { folder, reviewer, idleKeys } = members;
  if (typeof folder !== 'string' || !isAbsolute(folder))
    throw new Error(t('“folder” has to be the whole path of a folder.'));
  const { range } = rangeOfArgument(members, parts.clock.now());
  const keys = keysOf(parts, members.keys ?? 'all');
  if (keys.length === 0) throw new Error(t('There is no key to review.'));
  return {
    keys,
    range,
    folder,
    reviewer: typeof reviewer === 'string' ? reviewer : '',
    idleKeys: Array.isArray(idleKeys) ? idleKeys.map(String) : [],
  };
}

async function askOrder(parts: CommandParts): Promise<ReviewOrder | undefined> {
  const title = t('Create Budget Review');
  const now = parts.clock.now();
  const items = parts.monitor.snapshot.map(({ id, label, origin }) =>
    shownItem({ label, description: new URL(origin).host, id, name: label }),
  );
  if (items.length === 0) {
    void showInformation(t('There are no keys yet. Use Add Key first.'));
    return undefined;
  }
  const many = { title, ignoreFocusOut: true };
  const all = items.map(item => ({ ...item, picked: true }));
  const picked = await pickMany(all, { ...many, placeHolder: t('Which keys?') });
  if (!picked || picked.length === 0) return undefined;
  const placeHolder = t('Which of them should have been idle? None is an answer too.');
  const idle = await pickMany(
    items.filter(({ id }) => picked.some(each => each.id === id)),
    { ...many, placeHolder },
  );
  const ends = idle && (await askRange(title, now));
  const range = ends && parseRange(ends.from, ends.to, now).range;
  const parent = range && (await askFolder());
  if (!parent) return undefined;
  const name = `budget-review-${localDay(range.from)}-${localDay(range.to)}`;
  return {
    keys: keysOf(
      parts,
      picked.map(({ id }) => id),
    ),
    range,
    folder: join(parent.fsPath, name),
    reviewer: '',
    idleKeys: idle.map(({ name }) => name),
  };
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: t('Write Review Here'),
  });
  return picked?.[0];
}

async function offerReview([review, ...others]: readonly string[]): Promise<void> {
  if (review === undefined) return;
  const open = t('Open Review');
  const choice = await showInformation(t('Budget review written: {0} files.', others.length + 1), open);
  if (choice === open) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(review));
}
