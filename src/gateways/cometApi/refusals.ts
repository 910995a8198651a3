import type { KnownRefusal } from '../knownRefusals.ts';

/** Refusals of CometAPI's query service. They are not documented; public clients read `error` as a text. */
export const QUERY_REFUSALS: readonly KnownRefusal[] = [
  {
    status: 401,
    forms: ['bare-word'],
    // The whole message: with more words behind it is another gateway’s.
    pattern: /^(?:invalid|incorrect|unknown) (?:api )?key\.?$/i,
    failure: ['bad-key', 'refused-key'],
  },
];
