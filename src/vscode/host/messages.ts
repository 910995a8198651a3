import { SECOND_MS } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import { shown } from './shownText.ts';
import { window } from './window.ts';

/** The options of a modal question. */
interface QuestionOptions {
  readonly modal?: boolean;
  readonly detail?: string;
}

/** Shows a message, or a question with `modal` → the button that was pressed, as the caller passed it. */
type ShowMessage = (
  message: string,
  ...rest: readonly (QuestionOptions | string)[]
) => Promise<string | undefined>;

/**
 * A notification or, with `modal`, a question. All of them go through here, where their texts are escaped and redacted.
 */
export const showInformation: ShowMessage = messageFunction('showInformationMessage');
export const showWarning: ShowMessage = messageFunction('showWarningMessage');
export const showError: ShowMessage = messageFunction('showErrorMessage');

/**
 * An error whose message may be shown: VS Code shows the message of a command's error in a notification, and makes
 * links in it.
 */
export function shownError(error: unknown): Error {
  const clean = redactor.redactError(error);
  clean.message = shown(clean.message);
  if (clean.stack !== undefined) clean.stack = shown(clean.stack);
  return clean;
}

/** As long as it takes to read the text. */
const READING_MS = { short: 3 * SECOND_MS, long: 6 * SECOND_MS } as const;

/** Shows a text in the status bar for a moment. */
export function showStatusBarMessage(text: string, length: keyof typeof READING_MS): void {
  window.setStatusBarMessage(shown(text), READING_MS[length]);
}

function messageFunction(
  show: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage',
): ShowMessage {
  return async (message, ...rest) => {
    const { modal, detail }: QuestionOptions = rest.find(word => typeof word === 'object') ?? {};
    const buttons = rest.filter(word => typeof word === 'string');
    const labels = buttons.map(shown);
    const question = { modal, ...(detail !== undefined && { detail: shown(detail) }) };
    const pressed = await window[show](shown(message), question, ...labels);
    // The caller gets the button as it passed it; redacting and escaping may have changed the shown text.
    return buttons.find((_button, index) => labels[index] === pressed);
  };
}
