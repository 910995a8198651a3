import type * as vscode from 'vscode';
// By name, as in `extension.ts`, which imports this.
import { window as vscodeWindow } from 'vscode';
import type { ShownText } from './shownText.ts';

/** A line of a list. */
export type ShownItem = Omit<vscode.QuickPickItem, 'label' | 'description' | 'detail'> & {
  readonly label: ShownText;
  readonly description?: ShownText;
  readonly detail?: ShownText;
};

interface ShownPickOptions extends Omit<vscode.QuickPickOptions, 'title' | 'placeHolder' | 'prompt'> {
  readonly title: ShownText;
  readonly placeHolder?: ShownText;
}

/** A list that stays open while its lines change. */
type ShownQuickPick<Item extends ShownItem> = Omit<
  vscode.QuickPick<Item>,
  'title' | 'placeholder' | 'prompt'
> & { title: ShownText | undefined; placeholder: ShownText | undefined };

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

type Show = (
  message: ShownText,
  options: { readonly modal?: boolean; readonly detail?: ShownText },
  ...buttons: readonly ShownText[]
) => Thenable<string | undefined>;

interface ShownProgressOptions extends vscode.ProgressOptions {
  readonly title?: ShownText;
}

/** What can be set of an item in the status bar. */
export type ShownStatusBarItem = Omit<vscode.StatusBarItem, 'text' | 'name'> & {
  text: ShownText;
  name: ShownText | undefined;
};

/** The part of `vscode.window` that shows texts, taking only those that are fit to be shown. */
interface ShownWindow {
  readonly showInformationMessage: Show;
  readonly showWarningMessage: Show;
  readonly showErrorMessage: Show;
  showQuickPick<Item extends ShownItem>(
    items: readonly Item[],
    options: ShownPickOptions & { readonly canPickMany: true },
  ): Thenable<readonly Item[] | undefined>;
  showQuickPick<Item extends ShownItem>(
    items: readonly Item[],
    options: ShownPickOptions,
  ): Thenable<Item | undefined>;
  createQuickPick<Item extends ShownItem>(): ShownQuickPick<Item>;
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

/** VS Code's own window. `shownText.grit` keeps everyone else from asking VS Code past it. */
export const window: ShownWindow = vscodeWindow as unknown as ShownWindow;
