import { SECOND_MS } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import { shown } from './shownText.ts';
import { window } from './window.ts';

/** What a question says besides its headline. */
interface Question {
  readonly modal?: boolean;
  readonly detail?: string;
}

/** Shows a message, or a question with `modal` → the button that was pressed, as it was handed in. */
type Say = (message: string, ...rest: readonly (Question | string)[]) => Promise<string | undefined>;

/** A notification or, with `modal`, a question. The one way to show any: all words are made fit to be shown here. */
export const showInformation: Say = saying('showInformationMessage');
export const showWarning: Say = saying('showWarningMessage');
export const showError: Say = saying('showErrorMessage');

/** An error whose words may be shown: VS Code says in a notification what a command threw, and makes links there. */
export function shownError(error: unknown): Error {
  const clean = redactor.redactError(error);
  clean.message = shown(clean.message);
  if (clean.stack !== undefined) clean.stack = shown(clean.stack);
  return clean;
}

/** As long as it takes to read them. */
const READING_MS = { words: 3 * SECOND_MS, sentence: 6 * SECOND_MS } as const;

/** Says something for a moment, in the status bar. */
export function sayInPassing(text: string, length: keyof typeof READING_MS): void {
  window.setStatusBarMessage(shown(text), READING_MS[length]);
}

function saying(show: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): Say {
  return async (message, ...rest) => {
    const { modal, detail }: Question = rest.find(word => typeof word === 'object') ?? {};
    const buttons = rest.filter(word => typeof word === 'string');
    const labels = buttons.map(shown);
    const question = { modal, ...(detail !== undefined && { detail: shown(detail) }) };
    const pressed = await window[show](shown(message), question, ...labels);
    // What is pressed is told as it was shown, which a secret or a link in it may have changed.
    return buttons.find((_button, index) => labels[index] === pressed);
  };
}
