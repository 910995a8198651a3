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
