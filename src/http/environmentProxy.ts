import { BlockList, isIP } from 'node:net';
import { type ProxyLogin, parseProxy } from './parseProxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that variables of the environment name for a URL. */
export interface EnvironmentProxy {
  /** As `parseProxy` takes it, without a login. */
  readonly proxy: string;
  readonly login?: ProxyLogin;
}

/**
 * The proxy for a URL by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, as curl reads them: in lower case
 * first. Undefined where none is named. A value that is no address is passed on as it is, so that the request fails and
 * takes no other route.
 */
export function environmentProxy(url: URL, environment: Environment): EnvironmentProxy | undefined {
  const variable = (name: string) => environment[name.toLowerCase()] || environment[name];
  const named = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || variable('ALL_PROXY');
  if (!named || isExempt(url, variable('NO_PROXY') ?? '')) return undefined;
  // Without a scheme it is an http proxy. `socks5h` is our `socks5`: the proxy looks names up.
  const text = /^[a-z][a-z0-9]*:\/\//i.test(named)
    ? named.replace(/^socks5h:/i, 'socks5:')
    : `http://${named}`;
  const address = URL.parse(text);
  if (!address || address.username === '') return { proxy: text };
  const { username, password } = address;
  address.username = '';
  address.password = '';
  return { proxy: address.href, login: { user: decode(username), password: decode(password) } };
}

/** The login of the proxy at an address, as `parseProxy` gives it. */
export function environmentLogin(address: string, environment: Environment): ProxyLogin | undefined {
  for (const url of ['https://x.invalid', 'http://x.invalid']) {
    const found = environmentProxy(new URL(url), { ...environment, no_proxy: '', NO_PROXY: '' });
    const parsed = parseProxy(found?.proxy);
    if ('address' in parsed && parsed.address === address) return found?.login;
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether `NO_PROXY` names a host: itself or a domain above it, an address or a block of addresses, with a port or without. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const portNumber = port || (protocol === 'https:' ? '443' : '80');
  return list.split(/[\s,]+/).some(entry => {
    if (entry === '*') return true;
    const [, name = '', wantedPort] = /^(\[[^\]]+\]|[^:]+|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== portNumber) return false;
    return isHostIn(host, name.replace(/^\[|\]$/g, '').toLowerCase());
  });
}

function isHostIn(host: string, name: string): boolean {
  const family = isIP(host);
  const [network = '', bits] = name.split('/');
  if (family !== 0) {
    if (isIP(network) !== family) return false;
    const block = new BlockList();
    const type = family === 6 ? 'ipv6' : 'ipv4';
    const most = family === 6 ? 128 : 32;
    const length = bits === undefined ? most : Number(bits);
    if (!Number.isInteger(length) || length < 0 || length > most) return false;
    block.addSubnet(network, length, type);
    return block.check(host, type);
  }
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}
