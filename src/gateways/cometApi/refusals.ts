import type { OwnRefusal } from '../ownRefusals.ts';

/** What CometAPI's query service says of a key: undocumented; its public clients read an `error` that is a text. */
export const QUERY_REFUSALS: readonly OwnRefusal[] = [
  {
    status: 401,
    forms: ['bare-word'],
    says: /^(?:invalid|incorrect|unknown) (?:api )?key\b/i,
    means: ['bad-key', 'refused-key'],
  },
];
