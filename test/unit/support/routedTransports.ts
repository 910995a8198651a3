import type { Route } from '../../../src/core/ports/settings.ts';
import { GatewayError } from '../../../src/core/quota/failure.ts';
import { readCertificateFile } from '../../../src/http/certificateFile.ts';
import type { ProxyLogin } from '../../../src/http/parseProxy.ts';
import { createTransports, type Transports } from '../../../src/http/transports.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';

export interface RoutedTransports extends Transports {
  /** The status of the gateway's answer about a key, or the reason why there is none. */
  ask(gateway: SampleGateway, origin?: string, handle?: string): Promise<number | string>;
}

/** Transports as the product has them, with one route for every origin, which may change. */
export function routedTransports(
  route: () => Route,
  login: () => ProxyLogin | undefined | Promise<ProxyLogin | undefined> = () => undefined,
  timeoutMs = 5000,
): RoutedTransports {
  const transports = createTransports({
    routeFor: () => route(),
    proxyLoginFor: async () => login(),
    readText: path => readCertificateFile(path, timeoutMs / 2),
    timeoutMs: () => timeoutMs,
  });
  return {
    ...transports,
    async ask(gateway, origin = gateway.origin, handle = 'ok') {
      const url = new URL('/api/usage/token/', origin);
      const headers = { authorization: `Bearer ${gateway.secret(handle)}` };
      try {
        return (await transports.transport({ url, headers })).status;
      } catch (error) {
        if (error instanceof GatewayError) return error.failure.reason;
        throw error;
      }
    },
  };
}
