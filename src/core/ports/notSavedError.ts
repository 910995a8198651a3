import type { StoreTrouble } from './storeTrouble.ts';

/** Thrown in place of a change that would be gone when the window closes. Nothing was changed. */
export class NotSavedError extends Error {
  readonly reason: StoreTrouble['kind'];

  constructor(reason: StoreTrouble['kind']) {
    super(`The database did not keep it: ${reason}`);
    this.name = 'NotSavedError';
    this.reason = reason;
  }
}
