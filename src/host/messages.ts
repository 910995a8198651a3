import * as vscode from 'vscode';
import { redactor } from '../http/redact.ts';

type Show = typeof vscode.window.showInformationMessage;

/** A notification or, with `modal`, a question. The one way to show any: what is said is redacted here. */
export const showInformation: Show = clean((...words) => vscode.window.showInformationMessage(...words));
export const showWarning: Show = clean((...words) => vscode.window.showWarningMessage(...words));
export const showError: Show = clean((...words) => vscode.window.showErrorMessage(...words));

/** Buttons keep their identity: the one that was pressed is compared with the one that was shown. */
function clean(show: (...words: [string, ...string[]]) => Thenable<unknown>): Show {
  return ((message: string, ...rest: string[]) =>
    show(redactor.redact(message), ...rest.map(word => redactor.clean(word)))) as Show;
}
