import { CANARY } from '../sampleGateways/secrets.ts';

/** What a proxy saw of one request. No secret is kept: only whether one could be read. */
export interface SeenRequest {
  readonly how: 'connect' | 'plain' | 'socks5';
  /** Host and port that the client wanted, as it named them. */
  readonly target: string;
  readonly outcome: 'refused' | 'login wanted' | 'connected' | 'unreachable';
  /** Whether a marked secret could be read on the way. */
  carriedSecret: boolean;
}

/** Where proxies lead: names are known to them alone, and nothing but loopback is ever reached. */
export interface ProxyTargets {
  /** Ports on loopback, by the host that a client names. */
  readonly hosts?: Readonly<Record<string, number>>;
}

/** The port on loopback that a target stands for; undefined for a host elsewhere. */
export function portOf(target: URL, { hosts = {} }: ProxyTargets): number | undefined {
  const named = Object.hasOwn(hosts, target.hostname) ? hosts[target.hostname] : undefined;
  if (named !== undefined) return named;
  return target.hostname === '127.0.0.1' ? Number(target.port) : undefined;
}

/** Whether any marked secret can be read in what passes. */
export function isReadable(bytes: Buffer | string): boolean {
  return bytes.includes(CANARY);
}
