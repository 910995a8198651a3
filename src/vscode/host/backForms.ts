import * as vscode from 'vscode';
import { type Answer, BACK, type StepPosition } from './formSteps.ts';
import { askText, type PickOptions, pickMany, pickOne, type TextQuestion, validationOf } from './forms.ts';
import { shown } from './shownText.ts';
import { type ShownItem, window } from './window.ts';

/** As `askText`, with a Back button where there is a question before. */
export async function askTextOrBack(question: TextQuestion, hasBack: boolean): Promise<Answer<string>> {
  if (!hasBack) return askText(question);
  const { box, isAcceptable } = textBox(question);
  return answerOf(box, () => (isAcceptable() ? box.value : undefined));
}

/** A button beside Back, which answers a question in another way. */
export interface OtherAnswer<T> {
  readonly icon: string;
  readonly tooltip: string;
  readonly answer: (typed: string) => T;
}

/** Asks for a line of text, with its place in the form and, maybe, a button for another answer. */
export async function askTextAt<T = never>(
  question: TextQuestion,
  at: StepPosition,
  other?: OtherAnswer<T>,
): Promise<Answer<string | T>> {
  const { box, isAcceptable } = textBox(question);
  box.step = at.step;
  box.totalSteps = at.totalSteps;
  const button = other && {
    iconPath: new vscode.ThemeIcon(other.icon),
    tooltip: shown(other.tooltip),
    answer: () => other.answer(box.value),
  };
  return answerOf<string | T>(box, () => (isAcceptable() ? box.value : undefined), at.hasBack, button);
}

/** As `pickOne`, with its place in the form. */
export async function pickOneAt<Item extends ShownItem>(
  items: readonly Item[],
  options: PickOptions,
  at: StepPosition,
): Promise<Answer<Item>> {
  const pick = quickPick(items, options);
  pick.step = at.step;
  pick.totalSteps = at.totalSteps;
  return answerOf(pick, () => pick.selectedItems[0], at.hasBack);
}

function textBox(question: TextQuestion) {
  const box = window.createInputBox();
  const { title, value = '', prompt, placeHolder, password = false, validateInput } = question;
  box.title = shown(title);
  box.value = value;
  box.password = password;
  if (prompt !== undefined) box.prompt = shown(prompt);
  if (placeHolder !== undefined) box.placeholder = shown(placeHolder);
  const validate = () => {
    const validation = validationOf(validateInput?.(box.value));
    box.validationMessage = validation;
    return isAccepted(validation);
  };
  box.onDidChangeValue(validate);
  return { box, isAcceptable: validate };
}

/** Whether a validation accepts the text. As in VS Code, a plain text is an error. */
function isAccepted(validation: ReturnType<typeof validationOf>): boolean {
  if (validation === undefined) return true;
  return typeof validation === 'object' && validation.severity !== vscode.InputBoxValidationSeverity.Error;
}

/** As `pickOne`, with a Back button where there is a question before. */
export async function pickOneOrBack<Item extends ShownItem>(
  items: readonly Item[],
  options: PickOptions,
  hasBack: boolean,
): Promise<Answer<Item>> {
  if (!hasBack) return pickOne(items, options);
  const pick = quickPick(items, options);
  return answerOf(pick, () => pick.selectedItems[0]);
}

/** As `pickMany`, with a Back button where there is a question before. */
export async function pickManyOrBack<Item extends ShownItem>(
  items: readonly Item[],
  options: PickOptions,
  hasBack: boolean,
): Promise<Answer<readonly Item[]>> {
  if (!hasBack) return pickMany(items, options);
  const pick = quickPick(items, options);
  pick.canSelectMany = true;
  pick.selectedItems = items.filter(({ picked }) => picked === true);
  return answerOf(pick, () => pick.selectedItems);
}

function quickPick<Item extends ShownItem>(items: readonly Item[], options: PickOptions) {
  const pick = window.createQuickPick<Item>();
  const { title, placeHolder, matchOnDescription = false, matchOnDetail = false } = options;
  pick.title = shown(title);
  if (placeHolder !== undefined) pick.placeholder = shown(placeHolder);
  pick.matchOnDescription = matchOnDescription;
  pick.matchOnDetail = matchOnDetail;
  pick.items = items;
  return pick;
}

type Question = Pick<
  vscode.QuickInput & vscode.InputBox,
  | 'buttons'
  | 'ignoreFocusOut'
  | 'onDidTriggerButton'
  | 'onDidAccept'
  | 'onDidHide'
  | 'show'
  | 'hide'
  | 'dispose'
>;

/** Shows a question and waits for its answer. `accepted` is undefined while Enter shall do nothing. */
function answerOf<T>(
  question: Question,
  accepted: () => T | undefined,
  hasBack = true,
  other?: vscode.QuickInputButton & { readonly answer: () => T },
): Promise<Answer<T>> {
  const { promise, resolve } = Promise.withResolvers<Answer<T>>();
  const end = (answer: Answer<T>) => {
    resolve(answer);
    question.hide();
  };
  question.ignoreFocusOut = true;
  question.buttons = [...(hasBack ? [vscode.QuickInputButtons.Back] : []), ...(other ? [other] : [])];
  question.onDidTriggerButton(pressed => end(other && pressed === other ? other.answer() : BACK));
  question.onDidAccept(() => {
    const answer = accepted();
    if (answer !== undefined) end(answer);
  });
  question.onDidHide(() => {
    resolve(undefined);
    question.dispose();
  });
  question.show();
  return promise;
}
