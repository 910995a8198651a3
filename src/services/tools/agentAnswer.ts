import { truncateAnswer } from './truncateAnswer.ts';
import { UNTRUSTED_NAMES_NOTICE } from './untrustedNames.ts';

/** An answer as an agent gets it, bounded, and headed by the notice about names. It is not redacted yet. */
export function agentAnswer(answer: object): unknown {
  return truncateAnswer({ notice: UNTRUSTED_NAMES_NOTICE, ...answer });
}
