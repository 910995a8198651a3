/** What a person should conclude about a key. */
export const STATUSES = [
  'ok',
  'low',
  'exhausted',
  'expired',
  'disabled',
  'invalid',
  'stale',
  'unknown',
] as const;

export type Status = (typeof STATUSES)[number];

/** With a key in one of these statuses nothing can be spent. */
export const UNUSABLE: ReadonlySet<Status> = new Set(['exhausted', 'expired', 'disabled', 'invalid']);
