import { type IsPlainHttpAllowed, normalizeOrigin, type ParsedOrigin } from './origin.ts';
import { parsePastedAddress } from './pastedAddress.ts';

/** Above any address, and what stands around it in a command. */
const MAX_PASTED_LENGTH = 16_384;

/** A scheme that is not http's. What stands before the colon of `localhost:3000` is a host. */
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Takes whatever was copied from a gateway's documentation, a file or a command (`api.example.com/v1/`,
 * `OPENAI_BASE_URL="https://…"`) and keeps scheme, host and port.
 */
export function parseOrigin(text: string, isPlainHttpAllowed?: IsPlainHttpAllowed): ParsedOrigin {
  if (text.trim() === '') return { problem: 'empty' };
  if (text.length > MAX_PASTED_LENGTH) return { problem: 'not-a-url' };
  const { scheme, rest } = parsePastedAddress(text);
  if (scheme === undefined && OTHER_SCHEME.test(rest)) return { problem: 'not-http' };
  return normalizeOrigin(scheme, rest, isPlainHttpAllowed);
}
