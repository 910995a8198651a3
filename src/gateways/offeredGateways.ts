import { parseBaseUrl } from '../core/input/parseBaseUrl.ts';
import { membersOf } from '../core/membersOf.ts';
import { describedGatewayOf, describedKind } from './described/described.ts';
import { allDescriptions } from './described/descriptions.ts';
import type { Gateway } from './gateway.ts';
import { gateways } from './registry.ts';

/** Every gateway that a key can be added for: those that are built in, and those that the user describes. */
export function offeredGateways(): readonly Gateway[] {
  const described = Object.entries(allDescriptions()).flatMap(([name, raw]) => {
    const gateway = describedGatewayOf(describedKind(name));
    return gateway ? [withDescription(gateway, raw)] : [];
  });
  return [...gateways, ...described];
}

/** With what only those need who add a key: the address, whose figures there are, and whether the key is put into the URL. */
function withDescription(gateway: Gateway, raw: unknown): Gateway {
  const { address, of, secretIn } = membersOf(raw);
  const baseUrl = typeof address === 'string' ? parseBaseUrl(address, () => true).baseUrl : undefined;
  const abilities = [of === 'account' ? 'account' : 'quota'] as const;
  return {
    ...gateway,
    hosts: baseUrl === undefined ? [] : [new URL(baseUrl).hostname],
    credentials: gateway.credentials.map(spec => ({ ...spec, abilities, defaultOrigin: baseUrl })),
    needsKeyInUrl: () => String(secretIn).startsWith('query '),
  };
}
