import { isLoopback } from '../../core/input/privateHost.ts';

/** Where a server listens. */
export interface ListenAddress {
  /** As Node takes it: IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether nobody but this machine can reach it. */
  readonly isLoopback: boolean;
}

const ADDRESS = /^(\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})$/i;

/** Parses `127.0.0.1:9633`, `[::1]:9633` or `localhost:9633`; undefined for anything else. Port 0 is any free one. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, host = '', digits = ''] = ADDRESS.exec(text) ?? [];
  const port = Number(digits);
  if (host === '' || port > 65_535) return undefined;
  const { hostname } = URL.parse(`http://${host}`) ?? {};
  if (hostname === undefined) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port, isLoopback: isLoopback(hostname) };
}
