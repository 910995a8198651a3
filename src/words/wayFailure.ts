import type { Failure } from '../quota/failure.ts';
import { t } from './l10n.ts';

/** What went wrong on the way to a gateway, or with the form of its answer, as a sentence. */
export function whatWentWrongOnTheWay(failure: Failure, label: string, origin: string): string {
  switch (failure.reason) {
    case 'host-not-found':
      return t(
        'No machine answers to the name in {0}. Check the origin of “{1}” and your network.',
        origin,
        label,
      );
    case 'connection-refused':
      return t(
        '{0} could not be reached for “{1}”. Check the address and port, and whether the gateway is up.',
        origin,
        label,
      );
    case 'connection-broken':
      return t(
        'The connection to {0} broke off while checking “{1}”. It is tried again by itself.',
        origin,
        label,
      );
    case 'timeout':
      return t('{0} did not answer in time for “{1}”. It is tried again by itself.', origin, label);
    case 'certificate-untrusted':
      return t(
        'The certificate of {0} is not trusted, so “{1}” was not sent. If the gateway is yours, add its certificate authority to the system’s trusted ones.',
        origin,
        label,
      );
    case 'certificate-expired':
      return t(
        'The certificate of {0} is not valid at this date, so “{1}” was not sent. Check the clock, or ask the gateway’s operator.',
        origin,
        label,
      );
    case 'certificate-name':
      return t(
        'The certificate of {0} is for another name, so “{1}” was not sent. Check the origin.',
        origin,
        label,
      );
    case 'tls':
      return t(
        'No safe connection to {0} could be made, so “{1}” was not sent. Check the address and port, and whether it speaks https.',
        origin,
        label,
      );
    case 'server-error':
      return t(
        '{0} has trouble of its own (HTTP {2}) and could not answer for “{1}”. It is tried again by itself.',
        origin,
        label,
        failure.status ?? 500,
      );
    case 'unknown-refusal':
      return t(
        '{0} refused “{1}” (HTTP {2}), but not in the way this kind of gateway refuses a key: it may be a moment of trouble, or something on the way. It is tried again by itself.',
        origin,
        label,
        failure.status ?? 403,
      );
    case 'doubted-refusal':
      return failure.doubted === 'disabled'
        ? t(
            '{0} says that “{1}” is disabled, though it worked before. That counts when it is said again, because gateways in trouble say so too. It is tried again by itself.',
            origin,
            label,
          )
        : t(
            '{0} says that it does not accept “{1}”, though it worked before. That counts when it is said again, because gateways in trouble say so too. It is tried again by itself.',
            origin,
            label,
          );
    case 'client-certificate':
      return t(
        '{0} wants a client certificate, which Key Quota cannot send, so “{1}” could not be checked. Ask the gateway’s operator for a way without one.',
        origin,
        label,
      );
    case 'proxy':
      return t(
        'The proxy on the way to {0} refused “{1}”, or could not be reached. Check VS Code’s proxy settings, and this gateway’s own in keyQuota.gateways.',
        origin,
        label,
      );
    case 'proxy-login':
      return t(
        'The proxy on the way to {0} wants a login, so “{1}” was not sent. Use Set Proxy Login.',
        origin,
        label,
      );
    case 'proxy-setting':
      return t(
        'The proxy set for {0} in keyQuota.gateways cannot be used, so “{1}” was not sent. It has to look like http://proxy.example:8080 or socks5://proxy.example:1080, without user name and password: those belong into Set Proxy Login.',
        origin,
        label,
      );
    case 'ca-file':
      return t(
        'The certificate file set for {0} in keyQuota.gateways could not be read, so “{1}” was not sent. It has to be the whole path of a file in PEM form.',
        origin,
        label,
      );
    case 'plain-http':
      return t(
        '“{1}” was not sent to {0}, because plain http would show it to everyone on the way. Use https; if the gateway is in your own network, set allowHttp for it in keyQuota.gateways.',
        origin,
        label,
      );
    case 'empty':
      return t('{0} answered for “{1}” with nothing. Check the origin.', origin, label);
    case 'html':
      return t(
        '{0} answered for “{1}” with a web page instead of figures. Check the origin: it is the gateway’s address without any path.',
        origin,
        label,
      );
    case 'not-json':
    case 'not-text':
      return t(
        '{0} answered for “{1}” with something that is not JSON. Check the origin, or try again later.',
        origin,
        label,
      );
    case 'missing-figures':
      return t(
        'The answer of {0} for “{1}” lacks the figures it should have. Check the kind of the key.',
        origin,
        label,
      );
    case 'too-large':
      return t(
        'The answer of {0} for “{1}” was far too large and was cut off. Check the origin.',
        origin,
        label,
      );
    case 'redirected':
      return t(
        '{0} sends “{1}” on to {2}. The key was not sent there; if that is the right gateway, add the key with that origin.',
        origin,
        label,
        failure.target ?? '?',
      );
    case 'redirect-loop':
      return t(
        '{0} sends “{1}” round in a circle and never answers. Check the origin, or ask the gateway’s operator.',
        origin,
        label,
      );
    case 'https-instead':
      return t(
        '{0} wants “{1}” to use {2} instead. Add the key with that origin.',
        origin,
        label,
        failure.target ?? '?',
      );
    case 'refused-request':
      return t(
        '{0} refused the question about “{1}” (HTTP {2}). Check the origin and the kind of the key.',
        origin,
        label,
        failure.status ?? 400,
      );
    default:
      return t('“{0}” could not be checked. The log has more (Key Quota: Show Log).', label);
  }
}
