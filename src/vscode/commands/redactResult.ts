import { redactor } from '../../redaction/redactor.ts';
import { toUserError } from '../../services/databaseErrors.ts';
import { shownError } from '../host/messages.ts';

/** Runs a command and redacts what it returns or throws, which other extensions, their logs and the screen receive. */
export async function redactResult(work: () => Promise<unknown>): Promise<unknown> {
  try {
    // A copy, since callers may change what they get, and it may be an object that the views show.
    return structuredClone(redactor.redactValue(await work()));
  } catch (error) {
    throw shownError(toUserError(error));
  }
}
