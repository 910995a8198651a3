import type { BaseUrl } from './baseUrl.ts';
import type { IsPlainHttpAllowed, OriginProblem } from './origin.ts';
import { parseOrigin } from './parseOrigin.ts';
import { parsePastedAddress } from './pastedAddress.ts';
import { decodeSegment, encodeSegment } from './pathSegments.ts';
import { detectSecretType } from './secretText.ts';

export type ParsedBaseUrl =
  | { readonly baseUrl: BaseUrl; readonly problem?: never }
  | { readonly baseUrl?: never; readonly problem: BaseUrlProblem };

/** `unclear-path`: servers may read it in different ways, or it holds a key. */
export type BaseUrlProblem = OriginProblem | 'unclear-path';

/** What paths of gateways and of their web pages begin with, so that no gateway is mounted below it. */
const OWN_PATHS =
  'v1 v1beta v2 api dashboard console panel login register signin signup sign-in sign-up token tokens key keys topup ' +
  'log logs pricing about setting settings profile playground chat completions models docs doc home user users usage wallet';
const USUAL_OWN_PATHS: readonly string[] = OWN_PATHS.split(' ');

/** A key that follows an address without a space, as where the end of a line was lost: asked for, it would be told to all. */
const GLUED_KEY = /[sm]k[-_](?:[a-z\d]{1,7}-){0,2}(?=[a-z]*\d)[a-z\d]{20}/i;

/**
 * Parses an address as `parseOrigin` does, and keeps the path below which the gateway is mounted: what stands before the
 * first segment that its own paths begin with. `https://host/newapi/v1/models` is `https://host/newapi`.
 *
 * @param ownPaths What the paths of its kind begin with, where that is known to differ.
 */
export function parseBaseUrl(
  text: string,
  isPlainHttpAllowed?: IsPlainHttpAllowed,
  ownPaths?: readonly string[],
): ParsedBaseUrl {
  const { origin, problem } = parseOrigin(text, isPlainHttpAllowed);
  if (problem) return { problem };
  const { rest } = parsePastedAddress(text);
  const path = GLUED_KEY.test(rest.replace(/[?#].*/s, '')) ? undefined : mountPathIn(rest, ownPaths);
  return path === undefined ? { problem: 'unclear-path' } : { baseUrl: origin + path };
}

/**
 * The normalized path below which a gateway is mounted, of an address without its scheme; undefined where that is not
 * clear.
 */
export function mountPathIn(rest: string, ownPaths: readonly string[] = USUAL_OWN_PATHS): string | undefined {
  const segments = (URL.parse(`https://${rest}`)?.pathname ?? '')
    .split('/')
    .filter(segment => segment !== '');
  const end = proxyEnd(segments) ?? segments.findIndex((_, at) => isOwnPage(segments, at, ownPaths));
  const mount = segments.slice(0, end === -1 ? segments.length : end).map(decodeSegment);
  const isClear = mount.every(segment => segment !== undefined && detectSecretType(segment) === undefined);
  return isClear ? mount.map(segment => `/${encodeSegment(segment ?? '')}`).join('') : undefined;
}

/** How many segments the address of a Grafana data source proxy has; its path begins like a gateway's own paths. */
function proxyEnd(segments: readonly string[]): number | undefined {
  const proxy = /^(?:.*\/)?api\/datasources\/proxy\/(?:uid\/)?[^/]+/.exec(segments.join('/'));
  return proxy?.[0].split('/').length;
}

/** Own paths may be two segments: `api/v1` is Prometheus', and `api` alone may be what it is mounted below. */
function isOwnPage(segments: readonly string[], at: number, ownPaths: readonly string[]): boolean {
  const [name = '', next] = segments.slice(at).map(segment => segment.toLowerCase());
  return (
    ownPaths.includes(name) || ownPaths.includes(`${name}/${next}`) || /\.(?:html?|php|aspx?)$/.test(name)
  );
}
