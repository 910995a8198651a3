import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { addressOf, baseUrlOf } from '../../../core/input/baseUrl.ts';
import { parseBudget } from '../../../core/input/parseBudget.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { Range } from '../../../core/usage/range.ts';
import { parseRange } from '../../../core/usage/range.ts';
import type { ReviewOrder } from '../../../services/usage/budgetReview.ts';
import { askTextOrBack, pickManyOrBack } from '../../host/backForms.ts';
import { type Answer, askSteps, BACK, type FormStep } from '../../host/formSteps.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';
import { defaultSaveFolder } from '../saveFile.ts';
import { keysByIds } from './queryWithProgress.ts';
import { endsOf, type RangeDraft, rangeSteps } from './rangePicker.ts';

/** What a person has answered so far; undefined what was not asked yet. */
interface ReviewAnswers {
  readonly range: RangeDraft;
  readonly keyIds?: readonly string[];
  readonly idleIds?: readonly string[];
  readonly budget?: string;
  readonly reviewer?: string;
}

/** Asks what a review is to be about, question by question, and where to write it; undefined when one was closed. */
export async function askReview(
  parts: CommandParts,
): Promise<{ readonly order: ReviewOrder; readonly parent: vscode.Uri } | undefined> {
  const keys = parts.monitor.snapshot.map(key => ({ id: key.id, label: key.label, baseUrl: baseUrlOf(key) }));
  if (keys.length === 0) {
    void offerAddKey();
    return undefined;
  }
  const now = parts.clock.now();
  const title = l10n.t('Create Budget Review');
  const steps: readonly FormStep<ReviewAnswers>[] = [
    ...rangeSteps<ReviewAnswers>(title, now),
    { ask: (answers, hasBack) => askKeyIds(title, keys, answers, hasBack) },
    { ask: (answers, hasBack) => askIdleIds(title, keys, answers, hasBack) },
    { ask: (answers, hasBack) => askBudget(title, answers, hasBack) },
    { ask: (answers, hasBack) => askReviewer(title, answers, hasBack) },
  ];
  const answers = await askSteps<ReviewAnswers>({ range: {} }, steps);
  const range = answers && rangeOf(answers.range, now);
  const parent = range && (await askFolder());
  if (!parent) return undefined;
  const { keyIds = [], idleIds = [], budget = '', reviewer = '' } = answers;
  const order: ReviewOrder = {
    keys: keysByIds(parts, keyIds),
    range,
    reviewer: reviewer.trim(),
    budget: parseBudget(budget),
    // Another key may have the same name.
    idleKeys: idleIds,
  };
  return { order, parent };
}

function rangeOf(draft: RangeDraft, now: number): Range | undefined {
  const { from, to } = endsOf(draft);
  return parseRange(from, to, now).range;
}

type ListedKey = Pick<KeyRecord, 'id' | 'label' | 'baseUrl'>;

/** A review needs a key: none picked ends the form. */
async function askKeyIds(
  title: string,
  keys: readonly ListedKey[],
  answers: ReviewAnswers,
  hasBack: boolean,
): Promise<Answer<ReviewAnswers>> {
  const picked = answers.keyIds ?? keys.map(({ id }) => id);
  const keyIds = await pickKeyIds(title, l10n.t('Which keys?'), keys, picked, hasBack);
  if (keyIds === undefined || keyIds === BACK) return keyIds;
  return keyIds.length === 0 ? undefined : { ...answers, keyIds };
}

async function askIdleIds(
  title: string,
  keys: readonly ListedKey[],
  answers: ReviewAnswers,
  hasBack: boolean,
): Promise<Answer<ReviewAnswers>> {
  const { keyIds = [], idleIds: before = [] } = answers;
  const placeHolder = l10n.t('Which of them should have been idle? You can choose none.');
  const offered = keys.filter(({ id }) => keyIds.includes(id));
  const idleIds = await pickKeyIds(title, placeHolder, offered, before, hasBack);
  return idleIds === undefined || idleIds === BACK ? idleIds : { ...answers, idleIds };
}

async function pickKeyIds(
  title: string,
  placeHolder: string,
  keys: readonly ListedKey[],
  pickedIds: readonly string[],
  hasBack: boolean,
): Promise<Answer<readonly string[]>> {
  const items = keys.map(({ id, label, baseUrl }) =>
    shownItem({ label, description: addressOf(baseUrl), id, picked: pickedIds.includes(id) }),
  );
  const picked = await pickManyOrBack(items, { title, placeHolder, ignoreFocusOut: true }, hasBack);
  return picked === undefined || picked === BACK ? picked : picked.map(({ id }) => id);
}

/** An empty answer means that there is no budget. */
async function askBudget(
  title: string,
  answers: ReviewAnswers,
  hasBack: boolean,
): Promise<Answer<ReviewAnswers>> {
  const budget = await askTextOrBack(
    {
      title,
      value: answers.budget,
      ignoreFocusOut: true,
      prompt: l10n.t(
        'What was the budget for this time, such as 200 or 200 USD? Leave it empty if there was none.',
      ),
      validateInput: text =>
        text.trim() === '' || parseBudget(text) !== undefined ? undefined : budgetRequired(),
    },
    hasBack,
  );
  return budget === undefined || budget === BACK ? budget : { ...answers, budget };
}

/** What a budget has to be. */
export function budgetRequired(): string {
  return l10n.t('A budget is an amount above zero, such as 200 or 200 USD.');
}

async function askReviewer(
  title: string,
  answers: ReviewAnswers,
  hasBack: boolean,
): Promise<Answer<ReviewAnswers>> {
  const prompt = l10n.t('Who is reviewing? The name appears in the review; it can be left empty.');
  const question = { title, value: answers.reviewer, prompt, ignoreFocusOut: true };
  const reviewer = await askTextOrBack(question, hasBack);
  return reviewer === undefined || reviewer === BACK ? reviewer : { ...answers, reviewer };
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    defaultUri: defaultSaveFolder(),
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: l10n.t('Write Review Here'),
  });
  return picked?.[0];
}
