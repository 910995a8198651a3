import type { KnownRefusal } from '../knownRefusals.ts';

const named = (status: number, code: string, ...failure: KnownRefusal['failure']): KnownRefusal => ({
  status,
  forms: ['named'],
  code,
  failure,
});

/** What Sub2API says of a key in its own form; everything else decides nothing about it. */
export const SUB2API_REFUSALS: readonly KnownRefusal[] = [
  named(401, 'INVALID_API_KEY', 'bad-key', 'refused-key'),
  named(401, 'API_KEY_DISABLED', 'disabled', 'key-disabled'),
  named(401, 'USER_INACTIVE', 'disabled', 'banned'),
  named(403, 'API_KEY_EXPIRED', 'expired', 'past-expiry'),
  // Versions before 0.1.89 check the balance before they tell anything.
  named(403, 'INSUFFICIENT_BALANCE', 'exhausted', 'used-up'),
  named(403, 'SUBSCRIPTION_NOT_FOUND', 'exhausted', 'used-up'),
  named(403, 'ACCESS_DENIED', 'forbidden', 'address-not-allowed'),
  named(403, 'GROUP_DISABLED', 'forbidden', 'forbidden'),
  {
    status: 403,
    forms: ['typed'],
    code: 'permission_error',
    pattern: /^API Key is not assigned to any group\b/i,
    failure: ['forbidden', 'forbidden'],
  },
];
