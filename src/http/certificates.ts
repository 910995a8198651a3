import { X509Certificate } from 'node:crypto';

/** The certificates in a text, each in PEM; undefined where there is none, or one is not valid. */
export function certificatesIn(text: string): string[] | undefined {
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  return found?.every(isCertificate) ? found : undefined;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
