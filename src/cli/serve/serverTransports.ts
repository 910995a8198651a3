import type { Route, Settings } from '../../core/ports/settings.ts';
import { readCertificateFile } from '../../http/certificateFile.ts';
import { environmentLogin, environmentProxy } from '../../http/environmentProxy.ts';
import { createTransports, type Transports } from '../../http/transports.ts';
import type { Configuration } from '../configuration/configuration.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the server's routes depend on. */
interface Ways {
  readonly settings: Pick<Settings, 'gateways' | 'timeoutMs'>;
  readonly proxyLogins: Configuration['proxyLogins'];
}

/** The route to each gateway: as the configuration says, else by the proxy of the environment. */
export function createServerTransports(
  { settings, proxyLogins }: Ways,
  environment: Environment,
): Transports {
  return createTransports({
    routeFor: origin => routeOf(origin, settings.gateways.get(origin), environment),
    proxyLoginFor: async address => proxyLogins.get(address) ?? environmentLogin(address, environment),
    readText: path => readCertificateFile(path, settings.timeoutMs / 2),
    timeoutMs: () => settings.timeoutMs,
  });
}

function routeOf(origin: string, configured: Route | undefined, environment: Environment): Route | undefined {
  if (configured?.proxy !== undefined && configured.proxy !== 'default') return configured;
  const named = environmentProxy(new URL(origin), environment);
  return named ? { ...configured, proxy: named.proxy } : configured;
}
