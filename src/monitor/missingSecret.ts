import type { SecretLookup } from '../host/secrets.ts';
import type { Failure } from '../quota/failure.ts';

/** The failure that a lookup without a secret stands for. */
export function missingSecret(lookup: Exclude<SecretLookup, object>): Failure {
  return { class: 'bad-key', reason: lookup === 'missing' ? 'secret-missing' : 'secret-unreadable' };
}
