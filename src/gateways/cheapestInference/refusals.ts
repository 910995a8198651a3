import type { KnownRefusal } from '../knownRefusals.ts';

/**
 * Refusals of a key. The documentation has statuses (401 missing or invalid, 403 deactivated, 404 no such
 * key) but no bodies, so several wordings count, each as the whole message: with more words behind, as in “Key not
 * found in database”, it may be what another gateway on the way says.
 */
export const CHEAPEST_REFUSALS: readonly KnownRefusal[] = [
  {
    status: 401,
    forms: ['word'],
    pattern: /^(?:invalid|unrecognized) (?:api |management )?key\.?$|^unauthorized$/i,
    failure: ['bad-key', 'refused-key'],
  },
  { status: 403, forms: ['word'], pattern: /\bdeactivated\b/i, failure: ['disabled', 'key-disabled'] },
  { status: 404, forms: ['word'], pattern: /^key not found\.?$/i, failure: ['bad-key', 'unknown-key'] },
];

/** The same for a request about another key: there 404 speaks of that one. */
export const OTHER_KEY_REFUSALS: readonly KnownRefusal[] = [
  { status: 404, forms: ['word'], failure: ['unexpected', 'refused-request'] },
  ...CHEAPEST_REFUSALS,
];
