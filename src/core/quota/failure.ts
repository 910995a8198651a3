import type { DescriptionTrouble } from './descriptionMistake.ts';

/** Why there is no reading: a closed set, so that every class has one status, one backoff, one advice. */
export const FAILURE_CLASSES = [
  'bad-key',
  'exhausted',
  'expired',
  'disabled',
  'forbidden',
  'rate-limited',
  'not-supported',
  'blocked-by-edge',
  'transient',
  'unexpected',
  'paused',
] as const;

export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** What exactly happened, to choose the sentence a person reads. */
export const FAILURE_REASONS = [
  // bad-key
  'refused-key',
  'secret-missing',
  'secret-unreadable',
  'secret-unanswered',
  'secret-undecryptable',
  'secret-forgotten',
  'secret-dropped',
  'wrong-credential',
  'master-key',
  'unknown-key',
  // exhausted, expired, disabled
  'used-up',
  'past-expiry',
  'key-disabled',
  'banned',
  // forbidden: the key is good, but not for this
  'forbidden',
  'address-not-allowed',
  'scope-missing',
  // rate-limited
  'too-many-requests',
  'own-budget',
  // not-supported
  'no-such-endpoint',
  'unknown-kind',
  'nothing-recorded',
  'range-not-told',
  'never-offered',
  'description-gone',
  'description-wrong',
  'consent-missing',
  'other-version',
  // blocked-by-edge
  'edge-page',
  // transient
  'offline',
  'host-not-found',
  'connection-refused',
  'connection-broken',
  'timeout',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-name',
  'tls',
  'headers-too-large',
  'server-error',
  'unknown-refusal',
  'doubted-refusal',
  'unclear-refusal',
  'other-page',
  'proxy',
  'proxy-login',
  'proxy-login-unread',
  'proxy-setting',
  'proxy-certificate',
  'proxy-protocol',
  'proxy-silent',
  'ca-file',
  'ca-file-content',
  'plain-http',
  'plain-http-public',
  // unexpected
  'user-id-needed',
  'user-id-header',
  'client-certificate',
  'not-http',
  'empty',
  'html',
  'not-json',
  'not-text',
  'missing-figures',
  'description-misses',
  'description-searches',
  'too-large',
  'redirected',
  'redirect-loop',
  'https-instead',
  'refused-request',
  'files-gone',
  'internal',
  // paused: a person wants it not to be asked
  'checks-paused',
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Why a check or a question brought no answer, with what a person needs to know of it. It never holds a secret. */
export interface Failure {
  readonly class: FailureClass;
  readonly reason: FailureReason;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Where a redirect pointed to: an origin, never a path or a query. */
  readonly target?: string;
  /** The gateway's own words: cleaned of control characters, shortened, and redacted. */
  readonly words?: string;
  /** What the credential would have to be allowed, as the gateway names it: `wallet:read`. */
  readonly scope?: string;
  /** How long the gateway asked us to wait. */
  readonly retryAfterMs?: number;
  /** When that wait is over. Epoch milliseconds. */
  readonly until?: number;
  /** The refused secret has the looks of another type of credential, which proves nothing. */
  readonly maybeAnother?: true;
  /** Since when the gateway has said the same in each check, or the checks are paused. Epoch milliseconds. */
  readonly since?: number;
  /** Why the description of the gateway, which is the user's own, brings no figures. */
  readonly description?: DescriptionTrouble;
  /** What a refusal says that does not count yet. */
  readonly doubted?: LastingClass;
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

/** What only another secret, or somebody at the gateway, can change. */
export const LASTING_CLASSES = ['bad-key', 'disabled'] as const satisfies readonly FailureClass[];

type LastingClass = (typeof LASTING_CLASSES)[number];

/** Whether asking soon again is pointless. It is asked all the same, but seldom: even a gateway's own words can lie. */
export function isLasting({ class: failureClass }: Pick<Failure, 'class'>): boolean {
  return isLastingClass(failureClass);
}

/**
 * Whether a key is checked seldom: after a lasting failure, and after a gateway said twice that the key has ended. Some
 * write each such check into its owner's log.
 */
export function isCheckedSeldom(failure: Pick<Failure, 'class'>, failures: number): boolean {
  return isLasting(failure) || (failure.class === 'expired' && failures > 1);
}

/** The same of the class alone, as a type guard. */
export function isLastingClass(failureClass: FailureClass): failureClass is LastingClass {
  return LASTING_CLASSES.some(each => each === failureClass);
}

/** Why a key whose checks are paused has no newer reading. `since` in epoch milliseconds. */
export function checksPaused(since: number): Failure {
  return { class: 'paused', reason: 'checks-paused', since };
}

/** Whether a person has paused the checks of a key: its last figure stays. */
export function isPaused({
  failure,
}: {
  readonly failure?: { readonly class: string } | undefined;
}): boolean {
  return failure?.class === 'paused';
}
