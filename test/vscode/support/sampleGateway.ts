import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../sampleGateways/settings.ts';
import { removeAllKeys } from './product.ts';

/**
 * A gateway for each test of the block, on an origin of its own so that no test lives on the request budget
 * of another. After the test it is gone, and with it all keys. Keys are read by their own endpoint, whose calls are
 * counted.
 */
export function useGateway(options: GatewayOptions = {}): () => SampleGateway {
  let gateway: SampleGateway | undefined;
  beforeEach(async () => {
    gateway = await startSampleGateway({ settings: BILLS_ACCOUNT, ...options });
  });
  afterEach(async () => {
    await removeAllKeys();
    await gateway?.close();
  });
  return () => {
    if (!gateway) throw new Error('there is a gateway only while a test runs');
    return gateway;
  };
}

/** How often the gateway was asked what is left. */
export function usageCalls(gateway: SampleGateway): number {
  return gateway.callsOf({ path: '/api/usage/token/' }).length;
}
