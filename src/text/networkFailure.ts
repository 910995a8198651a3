import * as l10n from '@vscode/l10n';
import type { Failure } from '../core/quota/failure.ts';
import { routeFailureText } from './routeFailure.ts';

/** What failed on the way to a gateway or in the form of its answer, and what to do, as sentences. */
export function networkFailureText(failure: Failure, label: string, baseUrl: string): string {
  switch (failure.reason) {
    case 'offline':
      return l10n.t(
        'This machine has no network connection to {0}, so “{1}” cannot be checked.',
        baseUrl,
        label,
      );
    case 'host-not-found':
      return l10n.t(
        'The host name in {0} was not found. Check the address of “{1}” and your network.',
        baseUrl,
        label,
      );
    case 'connection-refused':
      return l10n.t(
        '{0} could not be reached for “{1}”. Check the address and port, and whether the gateway is running.',
        baseUrl,
        label,
      );
    case 'connection-broken':
      return l10n.t('The connection to {0} was lost while checking “{1}”.', baseUrl, label);
    case 'timeout':
      return l10n.t('{0} did not answer in time for “{1}”.', baseUrl, label);
    case 'headers-too-large':
      return l10n.t(
        '{0} sent too many headers with its answer for “{1}”. Ask the gateway’s operator.',
        baseUrl,
        label,
      );
    case 'not-http':
      return l10n.t(
        '{0} answered for “{1}” in a protocol other than HTTP, or in malformed HTTP. Check the address and port.',
        baseUrl,
        label,
      );
    case 'server-error':
      return l10n.t(
        '{0} has a server error (HTTP {2}) and could not answer for “{1}”.',
        baseUrl,
        label,
        failure.status ?? 500,
      );
    case 'unknown-refusal':
      return l10n.t(
        '{0} refused “{1}” (HTTP {2}), but not in the way this kind of gateway refuses a key: it may be a temporary fault, or something in between.',
        baseUrl,
        label,
        failure.status ?? 403,
      );
    case 'doubted-refusal':
      return failure.doubted === 'disabled'
        ? l10n.t(
            '{0} says that “{1}” is disabled, though it worked before. Faulty gateways say so too, so it counts only when repeated.',
            baseUrl,
            label,
          )
        : l10n.t(
            '{0} says that it does not accept “{1}”, though it worked before. Faulty gateways say so too, so it counts only when repeated.',
            baseUrl,
            label,
          );
    case 'unclear-refusal':
      return l10n.t(
        '{0} refuses “{1}”, and would refuse a valid key the same way: it shows figures only to people who are signed in, unless its operator sets SESSION_TOKEN_MODE to “dual”. If that is set, check the key.',
        baseUrl,
        label,
      );
    case 'client-certificate':
      return l10n.t(
        '{0} requires a client certificate, which Key Quota cannot send, so “{1}” could not be checked. Ask the gateway’s operator for a way without one.',
        baseUrl,
        label,
      );
    case 'empty':
      return l10n.t('{0} sent an empty answer for “{1}”. Check the address.', baseUrl, label);
    case 'html':
      return l10n.t(
        '{0} answered for “{1}” with a web page instead of figures. Check the address: the API may be at another host, or below a path.',
        baseUrl,
        label,
      );
    case 'not-json':
    case 'not-text':
      return l10n.t(
        '{0} answered for “{1}” with something that is not JSON. Check the address, or try again later.',
        baseUrl,
        label,
      );
    case 'missing-figures':
      return l10n.t(
        '{0} answered for “{1}” without the figures it should have. Check the key’s kind of gateway.',
        baseUrl,
        label,
      );
    case 'too-large':
      return l10n.t(
        '{0} sent a far too large answer for “{1}”, and it was cut off. Check the address.',
        baseUrl,
        label,
      );
    case 'redirected':
      return l10n.t(
        '{0} redirects “{1}” to {2}. The key was not sent there; if that is the right gateway, add the key with that address.',
        baseUrl,
        label,
        failure.target ?? '?',
      );
    case 'redirect-loop':
      return l10n.t(
        '{0} redirects “{1}” in a loop and never answers. Check the address, or ask the gateway’s operator.',
        baseUrl,
        label,
      );
    case 'other-page':
      return l10n.t(
        '{0} redirected “{1}” to another of its own pages, probably a login or protection page. The key was not sent there. If this keeps happening, check the address, or ask the gateway’s operator to let API calls through.',
        baseUrl,
        label,
      );
    case 'https-instead':
      return l10n.t(
        '{0} wants “{1}” to use {2} instead. Add the key with that address.',
        baseUrl,
        label,
        failure.target ?? '?',
      );
    case 'refused-request':
      return l10n.t(
        '{0} refused the request for “{1}” (HTTP {2}). Check the address and the key’s kind of gateway.',
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
        l10n.t(
          '“{0}” could not be checked. The extension log has more (Key Quota: Show Extension Log).',
          label,
        )
      );
  }
}
