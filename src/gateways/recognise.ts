import type { Ask } from '../http/boundClient.ts';
import { GatewayError } from '../quota/failure.ts';
import type { Gateway } from './gateway.ts';
import { gateways } from './registry.ts';

/** Unasked questions cost strangers' servers something too. */
const MAX_PROBES = 2;

/** The kind whose own host this is; costs no call. */
export function gatewayOfHost(origin: string): Gateway | undefined {
  const { hostname } = new URL(origin);
  return gateways.find(({ hosts }) => hosts.includes(hostname));
}

/**
 * Tells the kind of gateway from its origin alone: by its host, else by asking at most two paths that
 * need no key and count against no scarce limiter. Undefined when nothing is recognised.
 */
export async function recognise(origin: string, ask: Ask): Promise<Gateway | undefined> {
  const known = gatewayOfHost(origin);
  if (known) return known;
  for (const gateway of gateways.filter(({ probe }) => probe).slice(0, MAX_PROBES)) {
    if (gateway.probe && (await matches(gateway.probe, ask))) return gateway;
  }
  return undefined;
}

async function matches({ path, recognises }: NonNullable<Gateway['probe']>, ask: Ask): Promise<boolean> {
  try {
    return recognises(await ask({ path, secretIn: 'nowhere', limiter: 'general' }));
  } catch (error) {
    if (error instanceof GatewayError && error.failure.class !== 'transient') return false;
    throw error;
  }
}
