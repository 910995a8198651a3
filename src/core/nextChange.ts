/** When time alone changes the result of the running `withNextChange`. Epoch milliseconds. */
let nextChange = Number.POSITIVE_INFINITY;

/** Notes that what is being computed changes at a moment, epoch milliseconds. To be called wherever a time is compared with now. */
export function noteChangeAt(at: number): void {
  if (at < nextChange) nextChange = at;
}

/** Runs `work`. Returns its value and until when it is true: Infinity where nothing in it compares a time with now. */
export function withNextChange<T>(work: () => T): { readonly value: T; readonly until: number } {
  const outer = nextChange;
  nextChange = Number.POSITIVE_INFINITY;
  try {
    return { value: work(), until: nextChange };
  } finally {
    nextChange = Math.min(outer, nextChange);
  }
}

/** Whether a moment is now or past. If not, it is noted as one at which the result changes. Epoch milliseconds. */
export function isPast(at: number, now: number): boolean {
  if (at <= now) return true;
  noteChangeAt(at);
  return false;
}
