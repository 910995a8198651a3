import type { BaseUrl } from '../core/input/baseUrl.ts';
import type { IsPlainHttpAllowed } from '../core/input/origin.ts';
import { type ParsedBaseUrl, parseBaseUrl } from '../core/input/parseBaseUrl.ts';
import { parseOrigin } from '../core/input/parseOrigin.ts';
import type { Gateway } from './gateway.ts';
import { gateways } from './registry.ts';

/** The kind that a host belongs to, without a request; undefined for other hosts. */
export function gatewayOfHost(baseUrl: BaseUrl): Gateway | undefined {
  const { hostname } = new URL(baseUrl);
  return gateways.find(({ hosts }) => hosts.includes(hostname));
}

/**
 * Parses the address of a gateway to its base URL: see `parseBaseUrl`. At a host that belongs to one kind the gateway stands
 * at the root, whatever page of it was pasted.
 *
 * @param gateway The kind, where it is known.
 */
export function parseGatewayAddress(
  text: string,
  isPlainHttpAllowed?: IsPlainHttpAllowed,
  gateway?: Gateway,
): ParsedBaseUrl {
  const { origin } = parseOrigin(text, isPlainHttpAllowed);
  if (origin !== undefined && gatewayOfHost(origin)) return { baseUrl: origin };
  return parseBaseUrl(text, isPlainHttpAllowed, gateway?.ownPaths);
}
