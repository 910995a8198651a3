import type { StoreTrouble } from './storeTrouble.ts';

/** Thrown when a change cannot be saved to disk. Nothing was changed. */
export class NotSavedError extends Error {
  readonly reason: StoreTrouble['kind'];

  constructor(reason: StoreTrouble['kind']) {
    super(`The database did not keep it: ${reason}`);
    this.name = 'NotSavedError';
    this.reason = reason;
  }
}
