import type { KnownRefusal } from '../knownRefusals.ts';

/** What CometAPI's query service says of a key: undocumented; its public clients read an `error` that is a text. */
export const QUERY_REFUSALS: readonly KnownRefusal[] = [
  {
    status: 401,
    forms: ['bare-word'],
    pattern: /^(?:invalid|incorrect|unknown) (?:api )?key\b/i,
    failure: ['bad-key', 'refused-key'],
  },
];
