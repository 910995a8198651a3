import type { Gateway, Region } from './gateway.ts';

/** An address at which a vendor's keys may belong. */
export interface OfferedAddress {
  readonly baseUrl: string;
  /** Whose accounts are kept there, where a vendor has several places. */
  readonly region?: Region;
}

/** The addresses of a kind, as they are offered with it; none for a kind that stands at any address. */
export function offeredAddresses({ regions, credentials }: Gateway): readonly OfferedAddress[] {
  if (regions)
    return Object.entries(regions).map(([host, region]) => ({ baseUrl: `https://${host}`, region }));
  const origins = credentials.flatMap(({ defaultOrigin }) => defaultOrigin ?? []);
  return [...new Set(origins)].map(baseUrl => ({ baseUrl }));
}
