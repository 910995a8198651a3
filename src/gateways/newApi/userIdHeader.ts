import type { GatewayContext } from '../gatewayContext.ts';

/**
 * The headers in which New API and its relatives want an account's numeric id beside its access token: New API,
 * Veloera, V-API, VoAPI, Rix, neo, and those that only say "user". Nothing else is ever sent for a name that a
 * gateway asks for: it could ask for one that means something to others.
 */
export const USER_ID_HEADERS = [
  'New-Api-User',
  'Veloera-User',
  'X-Api-User',
  'voapi-user',
  'Rix-Api-User',
  'neo-api-user',
  'User-id',
] as const;

/** Names by which a site gives away which header it wants; an owner may have changed them. */
const HEADER_BY_SITE_NAME: readonly (readonly [RegExp, string])[] = [
  [/veloera/i, 'Veloera-User'],
  [/vo-?api/i, 'voapi-user'],
  [/\bv-?api\b/i, 'X-Api-User'],
  [/\brix/i, 'Rix-Api-User'],
  [/\bneo/i, 'neo-api-user'],
];

/** The header that a refusal names: one of ours as we write it, or as the gateway does. */
export function headerNamedIn(message: string): string | undefined {
  const [name] =
    /(?<![\w-])(?:[a-z]+-)+user(?:-id)?(?![\w-])|(?<![\w-])user-id(?![\w-])/i.exec(message) ?? [];
  return name === undefined ? undefined : (normalizeHeaderName(name) ?? name);
}

/** One of our headers, whatever the case; undefined for any other. */
export function normalizeHeaderName(name: string): string | undefined {
  return USER_ID_HEADERS.find(known => known.toLowerCase() === name.toLowerCase());
}

/** The headers to send at first: those that worked, else New API's and the one its name hints at. */
export function firstUserIdHeaders({
  notes,
  site,
}: Pick<GatewayContext, 'notes' | 'site'>): readonly string[] {
  const stored: unknown = notes?.().userIdHeaders;
  const storedNames = Array.isArray(stored) ? stored : [];
  const accepted = storedNames.map(String).flatMap(name => normalizeHeaderName(name) ?? []);
  if (accepted.length > 0) return accepted;
  const bySiteName = HEADER_BY_SITE_NAME.find(([pattern]) => pattern.test(site?.name ?? ''))?.[1];
  return bySiteName === undefined ? [USER_ID_HEADERS[0]] : [USER_ID_HEADERS[0], bySiteName];
}
