import { type IsPlainHttpAllowed, normalizeOrigin, type ParsedOrigin } from './origin.ts';
import { parsePastedAddress } from './pastedAddress.ts';

/** The longest text that is parsed. */
const MAX_PASTED_LENGTH = 16_384;

/** A scheme other than http's. In `localhost:3000` the part before the colon is a host. */
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Parses what was copied from documentation, a file or a command (`api.example.com/v1/`,
 * `OPENAI_BASE_URL="https://…"`), and normalizes it to scheme, host and port.
 */
export function parseOrigin(text: string, isPlainHttpAllowed?: IsPlainHttpAllowed): ParsedOrigin {
  if (text.trim() === '') return { problem: 'empty' };
  if (text.length > MAX_PASTED_LENGTH) return { problem: 'not-a-url' };
  const { scheme, rest } = parsePastedAddress(text);
  if (scheme === undefined && OTHER_SCHEME.test(rest)) return { problem: 'not-http' };
  return normalizeOrigin(scheme, rest, isPlainHttpAllowed);
}
