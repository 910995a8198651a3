import type { SecretTrouble } from '../host/secrets.ts';
import type { Failure } from '../quota/failure.ts';

/** The failure that a lookup without a secret stands for. */
export function missingSecret(trouble: SecretTrouble): Failure {
  return { class: 'bad-key', reason: `secret-${trouble}` };
}
