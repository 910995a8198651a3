import type * as vscode from 'vscode';
import { shown } from './shownText.ts';
import { type ShownValidation, window } from './window.ts';

export interface TextQuestion {
  readonly title: string;
  readonly value?: string;
  readonly prompt?: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  readonly ignoreFocusOut?: boolean;
  /** What is wrong with the text, or a remark on it. */
  readonly validateInput?: (text: string) => string | Remark | undefined;
}

/** A remark that does not prevent the text from being accepted. */
export interface Remark {
  readonly message: string;
  readonly severity: vscode.InputBoxValidationSeverity;
}

/** Asks for a line of text. VS Code would make links in the prompt and in the error, so both are escaped. */
export async function askText(question: TextQuestion): Promise<string | undefined> {
  const { title, prompt, placeHolder, validateInput, ...others } = question;
  return window.showInputBox({
    ...others,
    title: shown(title),
    prompt: prompt === undefined ? undefined : shown(prompt),
    placeHolder: placeHolder === undefined ? undefined : shown(placeHolder),
    validateInput: validateInput && (text => validationOf(validateInput(text))),
  });
}

/** What VS Code shows of a remark on a text. */
export function validationOf(remark: string | Remark | undefined) {
  if (remark === undefined) return undefined;
  if (typeof remark === 'string') return shown(remark);
  return { message: shown(remark.message), severity: remark.severity } satisfies ShownValidation;
}

export interface PickOptions {
  readonly title: string;
  readonly placeHolder?: string;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
  readonly ignoreFocusOut?: boolean;
}

type Pickable = Parameters<typeof window.showQuickPick>[0][number];

/** Lets the user pick one of several items. */
export async function pickOne<Item extends Pickable>(
  items: readonly Item[],
  options: PickOptions,
): Promise<Item | undefined> {
  return window.showQuickPick(items, shownOptions(options));
}

/** Lets the user pick several items. */
export async function pickMany<Item extends Pickable>(
  items: readonly Item[],
  options: PickOptions,
): Promise<readonly Item[] | undefined> {
  return window.showQuickPick(items, { ...shownOptions(options), canPickMany: true });
}

function shownOptions({ title, placeHolder, ...others }: PickOptions) {
  return {
    ...others,
    title: shown(title),
    ...(placeHolder !== undefined && { placeHolder: shown(placeHolder) }),
  };
}
