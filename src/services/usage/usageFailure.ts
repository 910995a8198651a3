import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { isoTime } from '../../core/time.ts';
import { failureText } from '../../text/failure.ts';

/** When a rate-limited gateway may be asked again, ISO 8601; undefined otherwise. `now` is in epoch milliseconds. */
export function retryAtOf(failure: Failure | undefined, now: number): string | undefined {
  const { class: failureClass, retryAfterMs } = failure ?? {};
  if (failureClass !== 'rate-limited' || retryAfterMs === undefined) return undefined;
  return isoTime(now + retryAfterMs);
}

/** Why there is no report: a gateway without such an endpoint cannot report ranges, which is not a wrong address. */
export function noUsageError(error: GatewayError | undefined): GatewayError {
  const isUnavailable = error === undefined || isNotOffered(error.failure);
  return isUnavailable ? new GatewayError({ class: 'not-supported', reason: 'nothing-recorded' }) : error;
}

/** Why the gateway did not answer this time, for a report that has figures nevertheless. */
export function failureNote(error: GatewayError | undefined, key: KeyRecord): string | undefined {
  if (!error) return undefined;
  const failure: Failure = isNotOffered(error.failure)
    ? { class: 'not-supported', reason: 'range-not-told' }
    : error.failure;
  return failureText(failure, key);
}

function isNotOffered({ reason }: Failure): boolean {
  return reason === 'no-such-endpoint';
}
