import { SECOND_MS } from '../core/time.ts';

/** The default deadline for what is outside of the extension host. */
export const DEADLINE_MS = 10 * SECOND_MS;

/** The deadline where the caller goes on without the answer: an open key ring and a working disk answer at once. */
export const PROMPT_MS = 2 * SECOND_MS;

/** Parts outside of the extension that may never answer. */
export type ExternalPart = 'secretStorage' | 'clipboard' | 'disk' | 'editor';

/** Thrown in place of an answer that did not come. */
export class NoAnswerError extends Error {
  readonly from: ExternalPart;

  constructor(from: ExternalPart) {
    super(`No answer: ${from}`);
    this.name = 'NoAnswerError';
    this.from = from;
  }
}

/**
 * Waits for a part outside of the extension, such as a key ring, a clipboard or a disk. Every wait outside of the
 * process goes through here, except waits for a person.
 * @throws NoAnswerError after `ms` milliseconds.
 */
export function withDeadline<T>(from: ExternalPart, answer: PromiseLike<T>, ms = DEADLINE_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswerError(from)), ms);
    Promise.resolve(answer).then(
      value => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Waits for work at the end of a window, `ms` milliseconds at most. Errors are ignored: nobody could act on them. */
export async function settleWithin(work: () => PromiseLike<unknown> | undefined, ms: number): Promise<void> {
  try {
    const answer = work();
    if (answer) await withDeadline('editor', answer, ms);
  } catch {
    // The caller's next step has to happen in any case.
  }
}
