import type { GatewayContext } from '../gatewayContext.ts';

/** What is different by region. */
interface Place {
  readonly path: string;
  /** What the members called `usage_count` count; undefined where nobody knows. */
  readonly counts?: 'used' | 'remaining';
}

const INTERNATIONAL = '/v1/api/openplatform/coding_plan/remains';

const PLACES: ReadonlyMap<string, Place> = new Map([
  ['api.minimaxi.com', { path: '/v1/token_plan/remains', counts: 'used' }],
  ['api.minimax.io', { path: INTERNATIONAL, counts: 'remaining' }],
]);

/** The region of a key, by its host. */
export function placeOf({ baseUrl }: GatewayContext): Place {
  const known = baseUrl === undefined ? undefined : PLACES.get(new URL(baseUrl).hostname);
  return known ?? { path: INTERNATIONAL };
}
