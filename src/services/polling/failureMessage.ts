import { lazyImport } from '../../core/lazyImport.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { FailureSubject } from '../../text/failure.ts';

type FailureText = (failure: Failure, subject: FailureSubject, now: number, lastCheck?: Failure) => string;

let tell: FailureText = ({ reason }) => reason;

/** Loads the sentences of failures. They are needed once something has failed, so that figures are on screen sooner. */
export async function loadFailureMessages(): Promise<void> {
  tell = (await lazyImport(() => import('../../text/failure.ts'))).keyFailureText;
}

/** Why a key has no newer reading, as sentences. `lastCheck` is the failure of its last check. */
export function failureMessage(
  failure: Failure,
  subject: FailureSubject,
  now: number,
  lastCheck: Failure | undefined,
): string {
  return tell(failure, subject, now, lastCheck);
}
