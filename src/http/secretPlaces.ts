/**
 * Headers other than `Authorization` in which gateways take a secret. What is on the way understands other headers, and
 * may pass them on or write them down.
 */
export const HEADERS_FOR_SECRETS = [
  'x-api-key',
  'api-key',
  'apikey',
  'x-auth-token',
  'x-access-token',
  'x-goog-api-key',
] as const;

/** Names by which gateways take a secret in the address of a request. */
export const QUERY_NAMES_FOR_SECRETS = ['key', 'api_key', 'apikey', 'token', 'access_token'] as const;

/**
 * Where a request carries the secret. `query` puts it into the URL, so that URL is never formatted into a text. A body
 * field is a member of the JSON body, beside those that the request has. `login` is what stands before a service of the
 * user's own: `user:password` by basic authentication, `none` by nothing, anything else as a bearer token.
 */
export type SecretPlacement =
  | 'bearer'
  | 'raw'
  | 'query'
  | 'login'
  | 'none'
  | { readonly header: (typeof HEADERS_FOR_SECRETS)[number] }
  | { readonly query: (typeof QUERY_NAMES_FOR_SECRETS)[number] }
  | { readonly bodyField: string };
