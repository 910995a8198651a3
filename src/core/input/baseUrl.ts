/**
 * Where a gateway stands, normalized: `https://host:port`, or with the path below which it is mounted, without a slash at
 * its end: `https://host:port/newapi`. Without a path it is the origin.
 */
export type BaseUrl = string;

/** An origin, with the base URL beside it only where that has a path. */
interface OriginAndBaseUrl {
  readonly origin: string;
  readonly baseUrl?: BaseUrl;
}

/** The origin of a base URL: scheme, host and port. */
export function originOf(baseUrl: BaseUrl): string {
  return new URL(baseUrl).origin;
}

/** The path below which the gateway is mounted, `/newapi`; empty where it stands at the root. */
export function mountPathOf(baseUrl: BaseUrl): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '');
}

/** A base URL as people know it: without its scheme. */
export function addressOf(baseUrl: BaseUrl): string {
  return new URL(baseUrl).host + mountPathOf(baseUrl);
}

export function baseUrlOf({ origin, baseUrl }: OriginAndBaseUrl): BaseUrl {
  return baseUrl ?? origin;
}

/** The members by which a record names a base URL: `baseUrl` only where it has a path. */
export function originAndBaseUrl(baseUrl: BaseUrl): OriginAndBaseUrl {
  const origin = originOf(baseUrl);
  return origin === baseUrl ? { origin } : { origin, baseUrl };
}
