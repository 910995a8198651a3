import { looksLikeOtherType } from '../../core/input/secretText.ts';
import type { BoundSecret } from '../../core/ports/secrets.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { MAX_HOLD_MS } from './maxHold.ts';

/** A failure on a machine without a network says nothing about the gateway. */
export function orOffline(failure: Failure, isReachable = true): Failure {
  const isOffline = !isReachable && NETWORK_REASONS.has(failure.reason);
  return isOffline ? { class: 'transient', reason: 'offline' } : failure;
}

const NETWORK_REASONS: ReadonlySet<Failure['reason']> = new Set([
  'host-not-found',
  'connection-refused',
  'connection-broken',
  'timeout',
]);

/** An error that is no `GatewayError` is a defect of the product; it must not stop the other keys. */
export function failureOf(
  error: unknown,
  redactor: Redactor,
  until: number | undefined,
  now: number,
): Failure {
  if (!(error instanceof GatewayError)) return { class: 'unexpected', reason: 'internal' };
  const { failure } = error;
  const isPause = failure.reason === 'too-many-requests' && until !== undefined;
  if (!isPause) return redactor.redactValue(failure);
  if (failure.retryAfterMs === undefined) return redactor.redactValue({ until, ...failure });
  // A refusal may leave us less of the limiter than the pause that the gateway asks for, which may be years.
  const retryAfterMs = Math.max(Math.min(failure.retryAfterMs, MAX_HOLD_MS), until - now);
  return redactor.redactValue({ until, ...failure, retryAfterMs });
}

/** Adds a hint to a refused secret that looks like another type of credential. */
export function withCredentialHint(failure: Failure, { secret, credential }: BoundSecret): Failure {
  const maybeAnother = failure.reason === 'refused-key' && looksLikeOtherType(secret, credential);
  return maybeAnother ? { ...failure, maybeAnother } : failure;
}
