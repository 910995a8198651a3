import { resolve } from 'node:path';
import type { BaseUrl } from '../../core/input/baseUrl.ts';
import { originOf } from '../../core/input/baseUrl.ts';
import { parseOrigin } from '../../core/input/parseOrigin.ts';
import type { GatewaySettings } from '../../core/ports/settings.ts';
import { parseDescription } from '../../gateways/described/description.ts';
import { parseGatewayAddress } from '../../gateways/gatewayAddress.ts';
import { type ProxyLogin, parseProxy } from '../../http/parseProxy.ts';
import { mistakeText } from '../../text/descriptionMistake.ts';
import { certificateProblem } from './certificateProblem.ts';
import type { ConfiguredKey } from './configuration.ts';
import type { Findings } from './findings.ts';
import type { ConfigurationFile } from './schema.ts';

export interface ConfiguredGateways {
  /** By base URL; the route by origin. */
  readonly gateways: Map<BaseUrl, GatewaySettings>;
  readonly proxyLogins: ReadonlyMap<string, ProxyLogin>;
}

/**
 * The settings of each gateway. A route that is set for a path holds for its origin as well, unless the origin has its
 * own.
 */
export async function gatewaysOf(file: ConfigurationFile, findings: Findings): Promise<ConfiguredGateways> {
  const gateways = new Map<BaseUrl, GatewaySettings>();
  const proxyLogins = new Map<string, ProxyLogin>();
  for (const [address, { proxyLoginFile, proxyLoginEnv, ...written }] of Object.entries(file.gateways)) {
    // As all paths of the file, this one begins at its folder.
    const certificates = written.caFile && resolve(findings.places.folder, written.caFile);
    const settings = certificates === undefined ? written : { ...written, caFile: certificates };
    const names = ['gateways', address];
    const { baseUrl } = parseGatewayAddress(address, () => settings.allowHttp === true);
    if (baseUrl === undefined) {
      findings.wrong(names, 'This name must be the address of a gateway, without a login or a key in it.');
      continue;
    }
    const caProblem = certificates && (await certificateProblem(certificates));
    if (caProblem) findings.wrong([...names, 'caFile'], caProblem);
    const proxy = parseProxy(settings.proxy);
    if (proxy.type === 'none') findings.wrong([...names, 'proxy'], PROXY_PROBLEMS[proxy.problem]);
    if (proxyLoginFile !== undefined || proxyLoginEnv !== undefined) {
      const login = findings.secret(names, { file: proxyLoginFile, env: proxyLoginEnv }, 'proxyLogin');
      const [, user, password] = /^([^:]+):(.*)$/s.exec(login ?? '') ?? [];
      if (!('address' in proxy))
        findings.wrong(names, 'A login without a proxy would go nowhere: name the proxy.');
      else if (user !== undefined && password !== undefined)
        proxyLogins.set(proxy.address, { user, password });
      else if (login !== undefined)
        findings.wrong(names, 'The login of a proxy must be written user:password.');
    }
    gateways.set(baseUrl, { ...gateways.get(baseUrl), ...settings });
    const { proxy: route, caFile, allowHttp } = settings;
    const ofOrigin = Object.entries({ proxy: route, caFile, allowHttp }).filter(
      ([, value]) => value !== undefined,
    );
    const origin = originOf(baseUrl);
    if (origin !== baseUrl)
      gateways.set(origin, { ...Object.fromEntries(ofOrigin), ...gateways.get(origin) });
  }
  for (const [name, description] of Object.entries(file.describedGateways)) {
    const { mistake } = parseDescription(name, description);
    if (mistake) findings.wrong(['describedGateways', name], mistakeText(mistake));
  }
  return { gateways, proxyLogins };
}

/** A slip of the pen in an address would have what is said there hold for nobody. Paths are not compared: a route is its host's. */
export function warnOfUnusedGateways(
  file: ConfigurationFile,
  keys: readonly ConfiguredKey[],
  findings: Findings,
): void {
  // Of others nobody knows the address.
  if (keys.length < file.keys.length) return;
  const used = new Set(keys.map(({ baseUrl }) => originOf(baseUrl)));
  for (const address of Object.keys(file.gateways)) {
    const { origin } = parseOrigin(address, () => true);
    if (origin !== undefined && !used.has(origin))
      findings.doubtful(['gateways', address], 'No key is at this address, so that this holds for nothing.');
  }
}

const PROXY_PROBLEMS = {
  'not-a-proxy': 'This must be "direct", or the address of a proxy: http://…, https://… or socks5://…',
  'with-login':
    'A login does not belong into this file: put user:password into a file, and name it as “proxyLoginFile”.',
} as const;
