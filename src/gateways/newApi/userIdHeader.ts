import type { GatewayContext } from '../gatewayContext.ts';
import { USER_ID_HEADERS, userIdHeaderByName } from './relatives.ts';

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

/** The headers of the first try: those that worked, else New API's and the one that the site's name or its status suggests. */
export function firstUserIdHeaders({
  notes,
  site,
}: Pick<GatewayContext, 'notes' | 'site'>): readonly string[] {
  const stored: unknown = notes?.().userIdHeaders;
  const storedNames = Array.isArray(stored) ? stored : [];
  const accepted = storedNames.map(String).flatMap(name => normalizeHeaderName(name) ?? []);
  if (accepted.length > 0) return accepted;
  const suggested = userIdHeaderByName(site?.name ?? '') ?? normalizeHeaderName(site?.userIdHeader ?? '');
  return suggested === undefined ? [USER_ID_HEADERS[0]] : [USER_ID_HEADERS[0], suggested];
}
