import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { bits, context, identifier, integer, moment, octets, sequence, set, text, yes } from './der.ts';

/** What is the matter with the certificate of a sample gateway. */
export type TlsKind = 'selfSigned' | 'ownCa' | 'expired' | 'wrongHost';

/** A certificate to serve, and the one a client would have to trust. All in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly chain: string;
  readonly ca: string;
}

const DAY = 86_400_000;
const ECDSA_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'));
const LOOPBACK = Buffer.from([127, 0, 0, 1]);

/** Makes a fresh certificate; none is kept in the repository, so none grows old there. */
export function makeCertificate(kind: TlsKind, clock: Clock): ServerCertificate {
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hosts =
    kind === 'wrongHost' ? [dnsName('elsewhere.example')] : [dnsName('localhost'), ipAddress(LOOPBACK)];
  // The real time, because it is the client's clock that decides whether a certificate is current.
  const now = Math.max(clock(), Date.now());
  const until = kind === 'expired' ? Date.now() - DAY : now + 365 * DAY;
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const self = { name: 'sample gateway', publicKey: server.publicKey, hosts, until };
  if (kind === 'selfSigned') {
    const own = certificate({ ...self, issuer: self.name, signer: server.privateKey, authority: true });
    return { key, chain: own, ca: own };
  }
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = 'sample certificate authority';
  const issued = { issuer: name, signer: authority.privateKey };
  const ca = certificate({
    name,
    publicKey: authority.publicKey,
    hosts: [],
    until: now + 365 * DAY,
    ...issued,
    authority: true,
  });
  return { key, chain: certificate({ ...self, ...issued, authority: false }) + ca, ca };
}

interface Subject {
  name: string;
  publicKey: KeyObject;
  hosts: Buffer[];
  until: number;
  issuer: string;
  signer: KeyObject;
  authority: boolean;
}

function certificate(subject: Subject): string {
  const signed = sequence(
    context(0, integer(Buffer.from([2])), true),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    commonName(subject.issuer),
    sequence(moment(Date.now() - 800 * DAY), moment(subject.until)),
    commonName(subject.name),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    context(3, sequence(...extensions(subject)), true),
  );
  const signature = sign('sha256', signed, subject.signer);
  const whole = sequence(signed, ECDSA_SHA256, bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

function extensions(subject: Subject): Buffer[] {
  const basic = sequence(
    identifier('2.5.29.19'),
    yes(),
    octets(sequence(...(subject.authority ? [yes()] : []))),
  );
  if (subject.hosts.length === 0) return [basic];
  return [basic, sequence(identifier('2.5.29.17'), octets(sequence(...subject.hosts)))];
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(identifier('2.5.4.3'), text(name))));
}

function dnsName(host: string): Buffer {
  return context(2, Buffer.from(host, 'latin1'), false);
}

function ipAddress(bytes: Buffer): Buffer {
  return context(7, bytes, false);
}
