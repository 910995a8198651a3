import { redactor } from '../../redaction/redactor.ts';
import { toUserError } from '../../services/databaseErrors.ts';
import { shownError } from '../host/messages.ts';

/**
 * Does a command's work. What it returns and what it throws reaches other extensions, their logs and the
 * screen, so both are made fit for it here, whichever command it is.
 */
export async function redactResult(work: () => Promise<unknown>): Promise<unknown> {
  try {
    // A copy, since what is returned may be what we show: whoever called may do with it what they like.
    return structuredClone(redactor.redactValue(await work()));
  } catch (error) {
    throw shownError(toUserError(error));
  }
}
