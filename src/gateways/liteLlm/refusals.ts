import type { KnownRefusal } from '../knownRefusals.ts';

const forms = ['numbered'] as const;

/** Budgets are exceeded with another status in each version. */
const exceeded = [400, 422].map(
  (status): KnownRefusal => ({ status, forms, code: 'budget_exceeded', failure: ['exhausted', 'used-up'] }),
);

/** What LiteLLM says of a key in its own form, by the type of the error; everything else decides nothing about it. */
export const LITE_LLM_REFUSALS: readonly KnownRefusal[] = [
  { status: 401, forms, code: 'token_not_found_in_db', failure: ['bad-key', 'refused-key'] },
  {
    status: 401,
    forms,
    code: 'auth_error',
    pattern: /^Authentication Error, LiteLLM Virtual Key expected\b/,
    failure: ['bad-key', 'refused-key'],
  },
  // The proxy's own key, which is in no list of keys.
  {
    status: 404,
    forms,
    code: 'not_found_error',
    pattern: /^Key not found in database$/,
    failure: ['bad-key', 'master-key'],
  },
  { status: 401, forms, code: 'expired_key', failure: ['expired', 'past-expiry'] },
  { status: 400, forms, code: 'expired_key', failure: ['expired', 'past-expiry'] },
  {
    status: 401,
    forms,
    code: 'auth_error',
    pattern: /^Authentication Error, (?:Key|Team=\S+) is blocked\. Update via `\/(?:key|team)\/unblock`/,
    failure: ['disabled', 'key-disabled'],
  },
  ...exceeded,
  // A key for calls of models alone. It works, but may not ask for its figures.
  {
    status: 401,
    forms,
    code: 'auth_error',
    pattern: /^Authentication Error, Virtual key is not allowed to call this route\b/,
    failure: ['forbidden', 'forbidden'],
  },
  { status: 400, forms, code: 'no_db_connection', failure: ['transient', 'server-error'] },
];
