/**
 * Headers other than `Authorization` in which gateways take a secret. Only these, since proxies on the way may
 * understand other headers, and pass them on or log them.
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
 * field is a member of the JSON body, beside those that the request has. `login` is for a service of the user's own:
 * `user:password` is sent by basic authentication, `none` sends nothing, anything else is a bearer token.
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
