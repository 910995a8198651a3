/** How a gateway's requests are sent. */
export type ProxyChoice =
  | { readonly type: 'default' }
  | { readonly type: 'direct' }
  | { readonly type: 'http' | 'socks5'; readonly address: string }
  | { readonly type: 'none'; readonly problem: ProxyProblem };

type ProxyProblem = 'not-a-proxy' | 'with-login';

/** What a person signs in to a proxy with. */
export interface ProxyLogin {
  readonly user: string;
  readonly password: string;
}

const SOCKS_PORT = 1080;

/**
 * Parses the setting `proxy` of a gateway. An invalid value is a problem and never another route: whoever sets a proxy
 * may rely on it that no request bypasses it. A login in the address is a problem too, because settings are
 * synchronised and shared.
 */
export function parseProxy(text: unknown): ProxyChoice {
  if (text === undefined || text === '' || text === 'default') return { type: 'default' };
  if (text === 'direct') return { type: 'direct' };
  const url = typeof text === 'string' ? URL.parse(text.trim()) : null;
  if (!url || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') {
    return { type: 'none', problem: 'not-a-proxy' };
  }
  if (url.username !== '' || url.password !== '') return { type: 'none', problem: 'with-login' };
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return { type: 'http', address: url.origin };
    case 'socks5:':
      return {
        type: 'socks5',
        address: `socks5://${url.hostname.toLowerCase()}:${url.port === '' ? SOCKS_PORT : url.port}`,
      };
    default:
      return { type: 'none', problem: 'not-a-proxy' };
  }
}
