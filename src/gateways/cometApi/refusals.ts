import type { KnownRefusal } from '../knownRefusals.ts';

/** Refusals of CometAPI's query service. They are not documented; public clients read `error` as a text. */
export const QUERY_REFUSALS: readonly KnownRefusal[] = [
  {
    status: 401,
    forms: ['bare-word'],
    pattern: /^(?:invalid|incorrect|unknown) (?:api )?key\b/i,
    failure: ['bad-key', 'refused-key'],
  },
];
