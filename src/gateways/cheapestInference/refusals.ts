import type { OwnRefusal } from '../ownRefusals.ts';

/**
 * What CheapestInference says of a key. Its documents have the statuses (401 missing or invalid, 403 deactivated,
 * 404 no such key) but no bodies, so the words are asked for loosely, and the form of its other answers strictly.
 */
export const CHEAPEST_REFUSALS: readonly OwnRefusal[] = [
  {
    status: 401,
    forms: ['word'],
    says: /^(?:invalid|unrecognized) (?:api |management )?key\b|^unauthorized$/i,
    means: ['bad-key', 'refused-key'],
  },
  { status: 403, forms: ['word'], says: /\bdeactivated\b/i, means: ['disabled', 'key-disabled'] },
  { status: 404, forms: ['word'], says: /^key not found\b/i, means: ['bad-key', 'unknown-key'] },
];

/** Where another key is asked about, 404 speaks of that one, not of the one that asks. */
export const ONE_KEY_REFUSALS: readonly OwnRefusal[] = [
  { status: 404, forms: ['word'], means: ['unexpected', 'refused-request'] },
  ...CHEAPEST_REFUSALS,
];
