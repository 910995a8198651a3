import type { SecretTrouble } from '../../core/ports/secrets.ts';
import type { Failure } from '../../core/quota/failure.ts';

/** The failure that a lookup without a secret stands for. */
export function missingSecret(trouble: SecretTrouble): Failure {
  return { class: 'bad-key', reason: `secret-${trouble}` };
}
