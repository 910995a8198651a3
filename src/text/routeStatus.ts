import * as l10n from '@vscode/l10n';

/**
 * What prevents a safe connection, in a few words beside a key in tree and status bar: `certificate not valid`.
 * Undefined for other reasons. In a file of its own, because stored states are shown before the sentences of
 * `routeFailure.ts` are loaded.
 */
export function routeStatusText(reason: string | undefined): string | undefined {
  switch (reason) {
    case 'certificate-untrusted':
      return l10n.t('certificate not trusted');
    case 'certificate-expired':
      return l10n.t('certificate not valid');
    case 'certificate-name':
      return l10n.t('certificate for another name');
    case 'tls':
      return l10n.t('no secure connection');
    case 'client-certificate':
      return l10n.t('client certificate required');
    case 'ca-file':
    case 'ca-file-content':
      return l10n.t('certificate file not usable');
    case 'proxy-certificate':
      return l10n.t('proxy’s certificate not valid');
    case 'proxy':
    case 'proxy-login':
    case 'proxy-login-unread':
    case 'proxy-setting':
    case 'proxy-protocol':
    case 'proxy-silent':
      return l10n.t('proxy not usable');
    case 'plain-http':
    case 'plain-http-public':
      return l10n.t('plain http not allowed');
    default:
      return undefined;
  }
}
