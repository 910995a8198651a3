import { SECOND_MS } from '../core/time.ts';

/** Longer than anything here takes, shorter than anybody waits. */
export const DEADLINE_MS = 10 * SECOND_MS;

/** A key ring that is open and a disk that is there answer at once; a check goes on without those that do not. */
export const PROMPT_MS = 2 * SECOND_MS;

/** What there is outside of us that may never answer. */
export type ExternalPart = 'secretStorage' | 'clipboard' | 'disk' | 'editor';

/** Thrown in place of an answer that did not come. */
export class NoAnswer extends Error {
  readonly from: ExternalPart;

  constructor(from: ExternalPart) {
    super(`No answer: ${from}`);
    this.name = 'NoAnswer';
    this.from = from;
  }
}

/**
 * What something outside of us answers, or a `NoAnswer` when it takes too long: a key ring, a clipboard or a disk
 * may never answer at all. Whatever we wait for that is no person goes through here.
 */
export function withDeadline<T>(from: ExternalPart, answer: PromiseLike<T>, ms = DEADLINE_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(from)), ms);
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

/** The same for what is done on the way out: nobody can do anything about its failure any more. */
export async function settleWithin(work: () => PromiseLike<unknown> | undefined, ms: number): Promise<void> {
  try {
    const answer = work();
    if (answer) await withDeadline('editor', answer, ms);
  } catch {
    // What comes after it is done all the same.
  }
}
