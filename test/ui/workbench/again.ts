import { errors } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { addToError } from '../support/addToError.ts';

/** How long one attempt may take. */
const ATTEMPT_MS = 5_000;

/**
 * Makes an attempt, and another while none has got what it waited for: what VS Code redraws, or closes as the focus
 * moves, takes the click, the text or the hover with it. Fails with what the last attempt met.
 */
export async function again(what: string, attempt: (timeout: number) => Promise<unknown>): Promise<void> {
  let met: Error | undefined;
  try {
    await until(what, PATIENCE_MS, () =>
      attempt(ATTEMPT_MS).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof errors.TimeoutError)) throw error;
          met = error;
          return false;
        },
      ),
    );
  } catch (error) {
    if (met) addToError(error, `The last attempt: ${met.message}`);
    throw error;
  }
}
