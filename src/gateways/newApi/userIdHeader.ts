import type { GatewayContext } from '../gatewayContext.ts';

/**
 * Headers for an account's numeric id beside its access token, in New API, Veloera, V-API, VoAPI, Rix, neo,
 * and forks with `User-id`. No other header is ever sent, whatever a gateway asks for: it could have a
 * meaning to others.
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

/** Site names that show which header is needed; an owner may have changed them. */
const HEADER_BY_SITE_NAME: readonly (readonly [RegExp, string])[] = [
  [/veloera/i, 'Veloera-User'],
  [/vo-?api/i, 'voapi-user'],
  [/\bv-?api\b/i, 'X-Api-User'],
  [/\brix/i, 'Rix-Api-User'],
  [/\bneo/i, 'neo-api-user'],
];

/** The header that a refusal names, normalized where it is one of ours; undefined where it names none. */
export function headerNamedIn(message: string): string | undefined {
  const [name] =
    /(?<![\w-])(?:[a-z]+-)+user(?:-id)?(?![\w-])|(?<![\w-])user-id(?![\w-])/i.exec(message) ?? [];
  return name === undefined ? undefined : (normalizeHeaderName(name) ?? name);
}

/** One of our headers in its usual case; undefined for any other. */
export function normalizeHeaderName(name: string): string | undefined {
  return USER_ID_HEADERS.find(known => known.toLowerCase() === name.toLowerCase());
}

/** The headers of the first try: those that worked, else New API's and the one that the site's name suggests. */
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
