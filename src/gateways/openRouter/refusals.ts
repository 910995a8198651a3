import type { KnownRefusal } from '../knownRefusals.ts';

/** What OpenRouter says of a key in its own form; everything else decides nothing about it. */
export const OPEN_ROUTER_REFUSALS: readonly KnownRefusal[] = [
  { status: 401, forms: ['coded'], pattern: /^User not found\.?$/i, failure: ['bad-key', 'refused-key'] },
  {
    status: 403,
    forms: ['coded'],
    pattern: /^Only management keys can perform this operation\b/i,
    failure: ['bad-key', 'wrong-credential'],
  },
];
