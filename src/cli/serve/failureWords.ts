import type { Failure, FailureReason } from '../../core/quota/failure.ts';
import { failureStatusText } from '../../text/failureStatus.ts';

const WORDS: Partial<Record<FailureReason, string>> = {
  'host-not-found': 'no answer: there is no host of that name',
  'connection-refused': 'no answer: nothing listens at that port, or a firewall is in between',
  'connection-broken': 'no answer: the connection broke off',
  timeout: 'no answer in time',
  'refused-key': 'its gateway does not accept its secret',
  'unknown-key': 'its gateway does not know it, and may have deleted it',
  'wrong-credential': 'its secret is of another type than “credential” says',
  'no-such-endpoint': 'its gateway answers in another way than this kind of gateway does',
};

/** Why there is no figure of a key, for the log of a server, whose readers have no commands to set it right. */
export function failureWords(failure: Failure): string {
  return WORDS[failure.reason] ?? failureStatusText(failure);
}
