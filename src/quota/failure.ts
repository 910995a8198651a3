/** Why there is no reading: a closed set, so that every class has one status, one back-off, one advice. */
export type FailureClass =
  | 'bad-key'
  | 'exhausted'
  | 'expired'
  | 'disabled'
  | 'rate-limited'
  | 'not-supported'
  | 'blocked-by-edge'
  | 'transient'
  | 'unexpected';

/** What exactly happened, to choose the sentence a person reads. */
export type FailureReason =
  // bad-key
  | 'refused-key'
  | 'secret-missing'
  | 'secret-unreadable'
  | 'secret-undecryptable'
  | 'secret-forgotten'
  | 'secret-dropped'
  | 'wrong-credential'
  | 'user-id-needed'
  | 'unknown-key'
  // exhausted, expired, disabled
  | 'used-up'
  | 'past-expiry'
  | 'key-disabled'
  | 'forbidden'
  | 'banned'
  // rate-limited
  | 'too-many-requests'
  | 'own-budget'
  // not-supported
  | 'no-such-endpoint'
  | 'unknown-kind'
  | 'nothing-recorded'
  | 'range-not-told'
  // blocked-by-edge
  | 'edge-page'
  // transient
  | 'host-not-found'
  | 'connection-refused'
  | 'connection-broken'
  | 'timeout'
  | 'certificate-untrusted'
  | 'certificate-expired'
  | 'certificate-name'
  | 'tls'
  | 'server-error'
  | 'proxy'
  | 'proxy-login'
  | 'proxy-setting'
  | 'ca-file'
  | 'plain-http'
  // unexpected
  | 'empty'
  | 'html'
  | 'not-json'
  | 'not-text'
  | 'missing-figures'
  | 'too-large'
  | 'redirected'
  | 'redirect-loop'
  | 'https-instead'
  | 'refused-request'
  | 'internal';

export interface Failure {
  readonly class: FailureClass;
  readonly reason: FailureReason;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Where a redirect pointed to: an origin, never a path or a query. */
  readonly target?: string;
  /** The gateway's own words: cleaned of control characters, shortened, and redacted. */
  readonly words?: string;
  /** How long the gateway asked us to wait. */
  readonly retryAfterMs?: number;
}

/** Carries a failure up to the monitor. Its message names the class only: nothing from the wire. */
export class GatewayError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.class}: ${failure.reason}`);
    this.name = 'GatewayError';
    this.failure = failure;
  }
}

/** Makes the error for a failure, in one short word at the place where it is thrown. */
export function failed(
  failureClass: FailureClass,
  reason: FailureReason,
  more: Omit<Failure, 'class' | 'reason'> = {},
): GatewayError {
  return new GatewayError({ class: failureClass, reason, ...more });
}

const LASTING: ReadonlySet<FailureClass> = new Set(['bad-key', 'disabled']);

/** Whether asking again is pointless until the secret changes or the user asks for it. */
export function isLasting(failure: Failure): boolean {
  return LASTING.has(failure.class);
}
