import * as l10n from '@vscode/l10n';
import type { FailureReason } from '../core/quota/failure.ts';

/**
 * What prevents a safe connection to a gateway, with the setting that solves it: certificates, proxies, plain http. The
 * sentences do not claim that nothing was sent: another request of the same check may have sent the key over a
 * connection that worked.
 */
export function routeFailureText(reason: FailureReason, label: string, baseUrl: string): string | undefined {
  switch (reason) {
    case 'certificate-untrusted':
      return l10n.t(
        '“{1}” could not be checked: the certificate of {0} is not trusted, and no key is sent over such a connection. If the gateway is yours, set caFile for it in keyQuota.gateways to a file with its certificate authority, or have the system trust that authority.',
        baseUrl,
        label,
      );
    case 'certificate-expired':
      return l10n.t(
        '“{1}” could not be checked: the certificate of {0} is not valid at this date, and no key is sent over such a connection. Check the clock, or ask the gateway’s operator.',
        baseUrl,
        label,
      );
    case 'certificate-name':
      return l10n.t(
        '“{1}” could not be checked: the certificate of {0} is for another name, and no key is sent over such a connection. Check the address.',
        baseUrl,
        label,
      );
    case 'tls':
      return l10n.t(
        '“{1}” could not be checked: no secure connection to {0} could be made or kept. Check the address and port, whether it uses https, and whether it requires a client certificate.',
        baseUrl,
        label,
      );
    case 'proxy':
      return l10n.t(
        'The proxy to {0} refused “{1}” or could not be reached. Check VS Code’s proxy settings, and this gateway’s own in keyQuota.gateways.',
        baseUrl,
        label,
      );
    case 'proxy-login':
      return l10n.t(
        '“{1}” could not be checked: the proxy to {0} requires a login. Use Set Proxy Login.',
        baseUrl,
        label,
      );
    case 'proxy-login-unread':
      return l10n.t(
        '“{0}” could not be checked: the login for the proxy to {1} could not be read from the system’s key ring. Unlock the key ring or reload the window.',
        label,
        baseUrl,
      );
    case 'proxy-setting':
      return l10n.t(
        '“{1}” could not be checked: the proxy set for {0} in keyQuota.gateways cannot be used. It must look like http://proxy.example:8080 or socks5://proxy.example:1080, without user name and password: enter those with Set Proxy Login.',
        baseUrl,
        label,
      );
    case 'proxy-certificate':
      return l10n.t(
        '“{1}” could not be checked: the certificate of the proxy set for {0} in keyQuota.gateways is not trusted, not valid at this date or for another name. If the proxy is yours, put its certificate authority into the file that caFile names.',
        baseUrl,
        label,
      );
    case 'proxy-protocol':
      return l10n.t(
        '“{1}” could not be checked: the proxy set for {0} in keyQuota.gateways speaks a different protocol than its address says. Try http://, https:// or socks5:// in front of it, and check the port.',
        baseUrl,
        label,
      );
    case 'proxy-silent':
      return l10n.t(
        '“{1}” could not be checked: the proxy set for {0} in keyQuota.gateways accepts connections but does not answer. It may speak a different protocol than its address says: try http:// or https:// in front of it, and check the port.',
        baseUrl,
        label,
      );
    case 'ca-file':
      return l10n.t(
        '“{1}” could not be checked: the certificate file set for {0} in keyQuota.gateways could not be read. It must be the full path of a regular file of at most 256 kB in PEM form.',
        baseUrl,
        label,
      );
    case 'ca-file-content':
      return l10n.t(
        '“{1}” could not be checked: the certificate file set for {0} in keyQuota.gateways contains no certificate, or one that cannot be parsed. It must contain certificates in PEM form, each from BEGIN CERTIFICATE to END CERTIFICATE.',
        baseUrl,
        label,
      );
    case 'plain-http':
      return l10n.t(
        '“{1}” was not sent to {0}, because plain http would expose it to everyone along the way. Use https; if the gateway is on your own network, set allowHttp for it in keyQuota.gateways.',
        baseUrl,
        label,
      );
    case 'plain-http-public':
      return l10n.t(
        '“{1}” was not sent to {0}, because plain http would expose it to everyone along the way. Use https: allowHttp applies only to private network addresses, and this is not one of them.',
        baseUrl,
        label,
      );
    default:
      return undefined;
  }
}
