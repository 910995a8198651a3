/** The next moment at which something of what is being worked out says something else. Epoch milliseconds. */
let nearest = Number.POSITIVE_INFINITY;

/**
 * Notes that what is being worked out depends on the clock, and from when on it is another. Whatever compares a
 * time with now says so here; nobody has to know it further up.
 */
export function holdsUntil(at: number): void {
  if (at < nearest) nearest = at;
}

/** Does `work`, and tells until when its outcome holds; for ever where nothing in it looks at the clock. */
export function withHorizon<T>(work: () => T): { readonly value: T; readonly until: number } {
  const outer = nearest;
  nearest = Number.POSITIVE_INFINITY;
  try {
    return { value: work(), until: nearest };
  } finally {
    nearest = Math.min(outer, nearest);
  }
}

/** Whether `now` has come to a moment, which is noted as one at which things change. */
export function hasCome(at: number, now: number): boolean {
  if (at <= now) return true;
  holdsUntil(at);
  return false;
}
