import { t } from './translate.ts';

/**
 * What keeps a safe connection from being made, in a few words beside a key in tree and bar; undefined for what is
 * no matter of the route. By itself, because the sentences are not needed to show what is known already.
 */
export function routeWord(reason: string | undefined): string | undefined {
  switch (reason) {
    case 'certificate-untrusted':
      return t('certificate not trusted');
    case 'certificate-expired':
      return t('certificate not valid');
    case 'certificate-name':
      return t('certificate of another name');
    case 'tls':
      return t('no safe connection');
    case 'client-certificate':
      return t('wants a certificate');
    case 'ca-file':
    case 'ca-file-content':
      return t('certificate file not usable');
    case 'proxy-certificate':
      return t('proxy’s certificate not valid');
    case 'proxy':
    case 'proxy-login':
    case 'proxy-login-unread':
    case 'proxy-setting':
    case 'proxy-protocol':
      return t('proxy not usable');
    case 'plain-http':
    case 'plain-http-public':
      return t('plain http not allowed');
    default:
      return undefined;
  }
}
