import type { Failure } from '../quota/failure.ts';
import { t } from './l10n.ts';

/** Whom the failure is about: the words a person knows the key by. */
export interface FailureSubject {
  readonly label: string;
  readonly origin: string;
}

/** One failure as a sentence: what happened, to which key, and what to do next. Never a secret or a raw body. */
export function failureText(failure: Failure, { label, origin }: FailureSubject): string {
  const sentence = whatHappened(failure, label, origin);
  return failure.words ? `${sentence} ${t('The gateway says: “{0}”', failure.words)}` : sentence;
}

function whatHappened(failure: Failure, label: string, origin: string): string {
  switch (failure.reason) {
    case 'refused-key':
      return t(
        '{0} does not accept the key “{1}”. Check that it was copied whole and belongs to this gateway, then use Replace Secret.',
        origin,
        label,
      );
    case 'secret-missing':
      return t(
        'The secret of “{0}” is not stored on this machine. Enter the key again with Replace Secret.',
        label,
      );
    case 'secret-unreadable':
      return t(
        'The secret of “{0}” could not be read from the system’s key ring. Unlock the key ring, or enter the key again with Replace Secret.',
        label,
      );
    case 'secret-undecryptable':
      return t(
        'The secret of “{0}” can no longer be decrypted, and VS Code has removed it: the key ring was replaced or reset. Enter the key again with Replace Secret.',
        label,
      );
    case 'secret-forgotten':
      return t(
        'The secret of “{0}” is gone since VS Code was last closed: without a key ring, VS Code keeps secrets in memory alone. Set up the system’s key ring (see “Troubleshooting keychain issues” in VS Code’s documentation), then use Replace Secret.',
        label,
      );
    case 'secret-dropped':
      return t(
        'The secret of “{0}” is gone: VS Code in a browser keeps one copy of all secrets per window, and the window that saves last wins. Close other windows while you add keys, then use Replace Secret.',
        label,
      );
    case 'wrong-credential':
      return t(
        '“{0}” holds another kind of credential than this question needs. Remove it and add it again with the right type.',
        label,
      );
    case 'user-id-needed':
      return t(
        '{0} wants the numeric user id beside the access token of “{1}”. You find it in the gateway’s personal settings.',
        origin,
        label,
      );
    case 'unknown-key':
      return t(
        '{0} does not know the key “{1}”. It may have been deleted; use Replace Secret with a new one.',
        origin,
        label,
      );
    case 'used-up':
      return t('The quota of “{0}” is used up. Top it up at {1}.', label, origin);
    case 'past-expiry':
      return t('“{0}” has expired. Renew it at {1}.', label, origin);
    case 'key-disabled':
      return t('“{0}” is disabled at {1}. Enable it there, then refresh.', label, origin);
    case 'forbidden':
      return t(
        '{0} forbids this to “{1}”. Look at the key’s restrictions (addresses, groups) there, then refresh.',
        origin,
        label,
      );
    case 'banned':
      return t('{0} has banned the owner of “{1}”. Ask the gateway’s operator.', origin, label);
    case 'too-many-requests':
      return t('{0} asks for a pause. “{1}” is checked again by itself.', origin, label);
    case 'own-budget':
      return t('To leave room for your own use of {0}, “{1}” waits for its turn.', origin, label);
    case 'no-such-endpoint':
      return t(
        '{0} does not offer key usage the way this kind of gateway does. Check the origin and the kind of “{1}”.',
        origin,
        label,
      );
    case 'unknown-kind':
      return t(
        'This version of Key Quota does not know the kind of gateway of “{0}”. Update the extension.',
        label,
      );
    case 'nothing-recorded':
      return t(
        '{0} does not tell what “{1}” spent, and nothing has been recorded for that time yet. Leave the key here, and later ranges will have figures.',
        origin,
        label,
      );
    case 'edge-page':
      return t(
        'A protection page in front of {0} kept “{1}” out. Open the site in a browser, or try again later.',
        origin,
        label,
      );
    default:
      return whatWentWrongOnTheWay(failure, label, origin);
  }
}

function whatWentWrongOnTheWay(failure: Failure, label: string, origin: string): string {
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
