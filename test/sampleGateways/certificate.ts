// What `@peculiar/x509` wants loaded before it: it declares its parts by decorators.
import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Clock } from './clock.ts';

/** What is the matter with the certificate of a sample gateway. */
export type TlsKind = 'selfSigned' | 'ownCa' | 'expired' | 'wrongHost';

/** A certificate to serve, and the one a client would have to trust. All in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly chain: string;
  readonly ca: string;
}

const DAY = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Makes a fresh certificate; none is kept in the repository, so none grows old there. */
export async function makeCertificate(kind: TlsKind, clock: Clock): Promise<ServerCertificate> {
  const server = await keyPair();
  // The real time, because it is the client's clock that decides whether a certificate is current.
  const now = Math.max(clock(), Date.now());
  const until = kind === 'expired' ? Date.now() - DAY : now + 365 * DAY;
  const key = KeyObject.from(server.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  const self = { name: 'sample gateway', publicKey: server.publicKey, hosts: hostsOf(kind), until };
  if (kind === 'selfSigned') {
    const own = await certificate({
      ...self,
      issuer: self.name,
      signingKey: server.privateKey,
      authority: true,
    });
    return { key, chain: own, ca: own };
  }
  const { publicKey, privateKey } = await keyPair();
  const name = 'sample certificate authority';
  const issued = { issuer: name, signingKey: privateKey };
  const caUntil = now + 365 * DAY;
  const ca = await certificate({ name, publicKey, hosts: [], until: caUntil, ...issued, authority: true });
  return { key, chain: (await certificate({ ...self, ...issued, authority: false })) + ca, ca };
}

interface Subject {
  readonly name: string;
  readonly publicKey: CryptoKey;
  readonly hosts: readonly Host[];
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly issuer: string;
  readonly signingKey: CryptoKey;
  /** Whether it may sign others. */
  readonly authority: boolean;
}

interface Host {
  readonly type: 'dns' | 'ip';
  readonly value: string;
}

function hostsOf(kind: TlsKind): readonly Host[] {
  if (kind === 'wrongHost') return [{ type: 'dns', value: 'elsewhere.example' }];
  return [
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ];
}

function keyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function certificate({ name, issuer, until, hosts, authority, ...keys }: Subject): Promise<string> {
  const made = await X509CertificateGenerator.create({
    ...keys,
    subject: `CN=${name}`,
    issuer: `CN=${issuer}`,
    notBefore: new Date(Date.now() - 800 * DAY),
    notAfter: new Date(until),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(authority, undefined, true),
      ...(hosts.length > 0 ? [new SubjectAlternativeNameExtension([...hosts])] : []),
    ],
  });
  return `${made.toString('pem')}\n`;
}
