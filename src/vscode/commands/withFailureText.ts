import { GatewayError } from '../../core/quota/failure.ts';
import { type FailureSubject, failureText } from '../../text/failure.ts';

/** Runs `work`. The failure of a gateway is thrown as a sentence about the key. */
export async function withFailureText<T>(subject: FailureSubject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GatewayError ? new Error(failureText(error.failure, subject)) : error;
  }
}
