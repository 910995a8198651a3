import { lazyImport } from '../../core/lazyImport.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { readCertificateFile } from '../../http/certificateFile.ts';
import type { Transport } from '../../http/transport.ts';
import type { Transports } from '../../http/transports.ts';
import type { ProxyLogins } from './proxyLogins.ts';

/** The transport for all gateways, by the user's settings. Its code is loaded with the first request. */
export function lazyTransport(
  settings: () => Settings,
  proxyLogins: ProxyLogins,
): { readonly transport: Transport; close(): Promise<void> } {
  let loaded: Promise<Transports> | undefined;
  const transports = () => {
    loaded ??= lazyImport(() => import('../../http/transports.ts')).then(({ createTransports }) =>
      createTransports({
        routeFor: origin => settings().gateways.get(origin),
        proxyLoginFor: address => proxyLogins.read(address),
        readText: path => readCertificateFile(path, settings().timeoutMs / 2),
        timeoutMs: () => settings().timeoutMs,
      }),
    );
    return loaded;
  };
  return {
    transport: async request => (await transports()).transport(request),
    close: async () => (await loaded)?.close(),
  };
}
