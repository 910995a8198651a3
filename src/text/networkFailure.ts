import * as l10n from '@vscode/l10n';
import { mountPathOf } from '../core/input/baseUrl.ts';
import type { Failure } from '../core/quota/failure.ts';
import { routeFailureText } from './routeFailure.ts';

/** What failed on the way to a gateway or in the form of its answer, and what to do, as sentences. */
export function networkFailureText(failure: Failure, label: string, baseUrl: string): string {
  switch (failure.reason) {
    case 'offline':
      return l10n.t(
        'This machine has no network that leads to {0}, so “{1}” cannot be checked. It is tried again by itself.',
        baseUrl,
        label,
      );
    case 'host-not-found':
      return l10n.t(
        'No machine answers to the name in {0}. Check the origin of “{1}” and your network.',
        baseUrl,
        label,
      );
    case 'connection-refused':
      return l10n.t(
        '{0} could not be reached for “{1}”. Check the address and port, and whether the gateway is up.',
        baseUrl,
        label,
      );
    case 'connection-broken':
      return l10n.t(
        'The connection to {0} broke off while checking “{1}”. It is tried again by itself.',
        baseUrl,
        label,
      );
    case 'timeout':
      return l10n.t('{0} did not answer in time for “{1}”. It is tried again by itself.', baseUrl, label);
    case 'headers-too-large':
      return l10n.t(
        '{0} sends more headers with its answer for “{1}” than can be read. Ask the gateway’s operator.',
        baseUrl,
        label,
      );
    case 'not-http':
      return l10n.t(
        '{0} answered for “{1}” in another protocol than HTTP, or in a broken form of it. Check the address and port.',
        baseUrl,
        label,
      );
    case 'server-error':
      return l10n.t(
        '{0} has trouble of its own (HTTP {2}) and could not answer for “{1}”. It is tried again by itself.',
        baseUrl,
        label,
        failure.status ?? 500,
      );
    case 'unknown-refusal':
      return l10n.t(
        '{0} refused “{1}” (HTTP {2}), but not in the way this kind of gateway refuses a key: it may be a moment of trouble, or something on the way. It is tried again by itself.',
        baseUrl,
        label,
        failure.status ?? 403,
      );
    case 'doubted-refusal':
      return failure.doubted === 'disabled'
        ? l10n.t(
            '{0} says that “{1}” is disabled, though it worked before. That counts when it is said again, because gateways in trouble say so too. It is tried again by itself.',
            baseUrl,
            label,
          )
        : l10n.t(
            '{0} says that it does not accept “{1}”, though it worked before. That counts when it is said again, because gateways in trouble say so too. It is tried again by itself.',
            baseUrl,
            label,
          );
    case 'unclear-refusal':
      return l10n.t(
        '{0} refuses “{1}”, and would say the same of a good key and of a wrong one: it tells figures to people who have signed in alone, unless its operator sets SESSION_TOKEN_MODE to “dual”. If it did so, check the key.',
        baseUrl,
        label,
      );
    case 'client-certificate':
      return l10n.t(
        '{0} wants a client certificate, which Key Quota cannot send, so “{1}” could not be checked. Ask the gateway’s operator for a way without one.',
        baseUrl,
        label,
      );
    case 'empty':
      return l10n.t('{0} answered for “{1}” with nothing. Check the origin.', baseUrl, label);
    case 'html':
      return mountPathOf(baseUrl) === ''
        ? l10n.t(
            '{0} answered for “{1}” with a web page instead of figures. Check the origin: it is the gateway’s address without any path.',
            baseUrl,
            label,
          )
        : l10n.t(
            '{0} answered for “{1}” with a web page instead of figures. Check the address: it ends with the path below which the gateway is mounted.',
            baseUrl,
            label,
          );
    case 'not-json':
    case 'not-text':
      return l10n.t(
        '{0} answered for “{1}” with something that is not JSON. Check the origin, or try again later.',
        baseUrl,
        label,
      );
    case 'missing-figures':
      return l10n.t(
        'The answer of {0} for “{1}” lacks the figures it should have. Check the kind of the key.',
        baseUrl,
        label,
      );
    case 'too-large':
      return l10n.t(
        'The answer of {0} for “{1}” was far too large and was cut off. Check the origin.',
        baseUrl,
        label,
      );
    case 'redirected':
      return l10n.t(
        '{0} sends “{1}” on to {2}. The key was not sent there; if that is the right gateway, add the key with that origin.',
        baseUrl,
        label,
        failure.target ?? '?',
      );
    case 'redirect-loop':
      return l10n.t(
        '{0} sends “{1}” round in a circle and never answers. Check the origin, or ask the gateway’s operator.',
        baseUrl,
        label,
      );
    case 'other-page':
      return l10n.t(
        '{0} answers for “{1}” by sending on to another page of its own, as a login or a protection page does. The key was not sent there. It is tried again by itself; if it stays, check the origin, or ask the gateway’s operator to let API calls through.',
        baseUrl,
        label,
      );
    case 'https-instead':
      return l10n.t(
        '{0} wants “{1}” to use {2} instead. Add the key with that origin.',
        baseUrl,
        label,
        failure.target ?? '?',
      );
    case 'refused-request':
      return l10n.t(
        '{0} refused the question about “{1}” (HTTP {2}). Check the origin and the kind of the key.',
        baseUrl,
        label,
        failure.status ?? 400,
      );
    case 'files-gone':
      return l10n.t(
        '“{0}” could not be checked: Key Quota was updated or removed while this window was open. Reload the window.',
        label,
      );
    default:
      return (
        routeFailureText(failure.reason, label, baseUrl) ??
        l10n.t('“{0}” could not be checked. The log has more (Key Quota: Show Log).', label)
      );
  }
}
