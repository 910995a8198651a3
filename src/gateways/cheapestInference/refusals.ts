import type { KnownRefusal } from '../knownRefusals.ts';

/**
 * What CheapestInference says of a key. Its documents have the statuses (401 missing or invalid, 403 deactivated,
 * 404 no such key) but no bodies, so the words are asked for loosely, and the form of its other answers strictly.
 */
export const CHEAPEST_REFUSALS: readonly KnownRefusal[] = [
  {
    status: 401,
    forms: ['word'],
    pattern: /^(?:invalid|unrecognized) (?:api |management )?key\b|^unauthorized$/i,
    failure: ['bad-key', 'refused-key'],
  },
  { status: 403, forms: ['word'], pattern: /\bdeactivated\b/i, failure: ['disabled', 'key-disabled'] },
  { status: 404, forms: ['word'], pattern: /^key not found\b/i, failure: ['bad-key', 'unknown-key'] },
];

/** Where another key is asked about, 404 speaks of that one, not of the one that asks. */
export const OTHER_KEY_REFUSALS: readonly KnownRefusal[] = [
  { status: 404, forms: ['word'], failure: ['unexpected', 'refused-request'] },
  ...CHEAPEST_REFUSALS,
];
