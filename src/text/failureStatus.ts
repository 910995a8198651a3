import * as l10n from '@vscode/l10n';
import type { FailureClass } from '../core/quota/failure.ts';
import { routeStatusText } from './routeStatus.ts';
import { statusText } from './status.ts';

/** The parts of a failure that decide its words. */
interface FailureKind {
  readonly class: FailureClass | string;
  readonly reason?: string | undefined;
}

/**
 * Why there is no figure, in a few words beside a key in tree and status bar: `no answer`, `secret missing`. Only a
 * gateway that was asked and did not answer gets `no answer`.
 */
export function failureStatusText({ class: failureClass, reason }: FailureKind): string {
  return (
    routeStatusText(reason) ??
    secretStatusText(reason) ??
    checkStatusText(reason) ??
    classStatusText(failureClass)
  );
}

/**
 * Says that the gateway itself may be fine, because something in front of it refused the request, or this machine has no
 * network: `blocked by a protection page`. Undefined for every other failure.
 */
export function blockedStatusText(failure: FailureKind | undefined): string | undefined {
  const isKeptOut =
    failure?.class === 'blocked-by-edge' || failure?.reason === 'other-page' || failure?.reason === 'offline';
  return isKeptOut ? failureStatusText(failure) : undefined;
}

/** What is wrong with the secret on this machine: `secret missing`. Undefined for what the gateway says about it. */
export function secretStatusText(reason: string | undefined): string | undefined {
  switch (reason) {
    case 'secret-missing':
    case 'secret-undecryptable':
    case 'secret-forgotten':
    case 'secret-dropped':
      return l10n.t('secret missing');
    case 'secret-unreadable':
      return l10n.t('key ring locked');
    case 'secret-unanswered':
      return l10n.t('key ring not responding');
    default:
      return undefined;
  }
}

function checkStatusText(reason: string | undefined): string | undefined {
  switch (reason) {
    case 'offline':
      return l10n.t('no network');
    case 'own-budget':
      return l10n.t('waiting for a turn');
    case 'server-error':
      return l10n.t('gateway error');
    case 'unknown-refusal':
    case 'doubted-refusal':
    case 'unclear-refusal':
      return l10n.t('check refused');
    case 'other-page':
      return l10n.t('redirected to another page');
    case 'user-id-needed':
    case 'user-id-header':
      return l10n.t('user ID required');
    case 'description-gone':
    case 'description-wrong':
      return l10n.t('description wrong');
    case 'files-gone':
    case 'internal':
      return l10n.t('check failed');
    default:
      return undefined;
  }
}

function classStatusText(failureClass: string): string {
  switch (failureClass) {
    case 'rate-limited':
      return l10n.t('rate limited by the gateway');
    case 'blocked-by-edge':
      return l10n.t('blocked by a protection page');
    case 'forbidden':
      return l10n.t('not allowed');
    case 'not-supported':
      return l10n.t('not supported');
    case 'bad-key':
      return statusText('invalid');
    case 'exhausted':
    case 'expired':
    case 'disabled':
      return statusText(failureClass);
    case 'paused':
      return l10n.t('checks paused');
    case 'unexpected':
      return l10n.t('answer not readable');
    default:
      return l10n.t('no answer');
  }
}
