import type * as vscode from 'vscode';
// By name, as in `extension.ts`, which imports this.
import { window as vscodeWindow } from 'vscode';
import type { ShownText } from './shownText.ts';

/** A list item whose texts are redacted and escaped. */
export type ShownItem = Omit<vscode.QuickPickItem, 'label' | 'description' | 'detail'> & {
  readonly label: ShownText;
  readonly description?: ShownText;
  readonly detail?: ShownText;
};

interface ShownPickOptions extends Omit<vscode.QuickPickOptions, 'title' | 'placeHolder' | 'prompt'> {
  readonly title: ShownText;
  readonly placeHolder?: ShownText;
}

/** A quick pick that stays open while its items change, or has buttons. */
type ShownQuickPick<Item extends ShownItem> = Omit<
  vscode.QuickPick<Item>,
  'title' | 'placeholder' | 'prompt'
> & { title: ShownText | undefined; placeholder: ShownText | undefined };

/** An input box with more than an answer to give: a Back button. */
type ShownInputBox = Omit<vscode.InputBox, 'title' | 'placeholder' | 'prompt' | 'validationMessage'> & {
  title: ShownText | undefined;
  placeholder: ShownText | undefined;
  prompt: ShownText | undefined;
  validationMessage: ShownText | ShownValidation | undefined;
};

interface ShownInputBoxOptions
  extends Omit<vscode.InputBoxOptions, 'title' | 'prompt' | 'placeHolder' | 'validateInput'> {
  readonly title: ShownText;
  readonly prompt?: ShownText;
  readonly placeHolder?: ShownText;
  readonly validateInput?: (text: string) => ShownText | ShownValidation | undefined;
}

export interface ShownValidation extends vscode.InputBoxValidationMessage {
  readonly message: ShownText;
}

type ShowMessage = (
  message: ShownText,
  options: { readonly modal?: boolean; readonly detail?: ShownText },
  ...buttons: readonly ShownText[]
) => Thenable<string | undefined>;

interface ShownProgressOptions extends vscode.ProgressOptions {
  readonly title?: ShownText;
}

/** A status bar item whose texts are redacted and escaped. */
export type ShownStatusBarItem = Omit<vscode.StatusBarItem, 'text' | 'name'> & {
  text: ShownText;
  name: ShownText | undefined;
};

/** The part of `vscode.window` that shows texts, with types that accept only redacted and escaped ones. */
interface ShownWindow {
  readonly showInformationMessage: ShowMessage;
  readonly showWarningMessage: ShowMessage;
  readonly showErrorMessage: ShowMessage;
  showQuickPick<Item extends ShownItem>(
    items: readonly Item[],
    options: ShownPickOptions & { readonly canPickMany: true },
  ): Thenable<readonly Item[] | undefined>;
  showQuickPick<Item extends ShownItem>(
    items: readonly Item[],
    options: ShownPickOptions,
  ): Thenable<Item | undefined>;
  createQuickPick<Item extends ShownItem>(): ShownQuickPick<Item>;
  createInputBox(): ShownInputBox;
  showInputBox(options: ShownInputBoxOptions): Thenable<string | undefined>;
  withProgress<Result>(
    options: ShownProgressOptions,
    work: (
      progress: vscode.Progress<{ readonly message: ShownText }>,
      token: vscode.CancellationToken,
    ) => Thenable<Result>,
  ): Thenable<Result>;
  setStatusBarMessage(text: ShownText, forMs: number): vscode.Disposable;
  readonly registerUriHandler: typeof vscodeWindow.registerUriHandler;
  readonly registerWebviewPanelSerializer: typeof vscodeWindow.registerWebviewPanelSerializer;
  createStatusBarItem(id: string, side: vscode.StatusBarAlignment, priority: number): ShownStatusBarItem;
}

/** VS Code's own window. The lint rule `shownText.grit` prevents other files from using it directly. */
export const window: ShownWindow = vscodeWindow as unknown as ShownWindow;
