import { lazyImport } from '../../core/lazyImport.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { FailureSubject } from '../../text/failure.ts';

type FailureText = (failure: Failure, subject: FailureSubject, now: number) => string;

let tell: FailureText = ({ reason }) => reason;

/** Learns how to say what failed. Not needed while nothing has, so that figures are on screen sooner. */
export async function loadFailureMessages(): Promise<void> {
  tell = (await lazyImport(() => import('../../text/failure.ts'))).failureText;
}

/** A failure as a sentence. */
export function failureMessage(failure: Failure, subject: FailureSubject, now: number): string {
  return tell(failure, subject, now);
}
