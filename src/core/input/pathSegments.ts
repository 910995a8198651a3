/** What a segment must not hold once its escapes are undone: a server might read another path than the one that was checked. */
const UNSAFE = /[/\\;%\p{Cc}]|[.\s]$/u;

/**
 * A segment of a path with its escapes undone; undefined where servers may read it in different ways: slashes,
 * backslashes, dots at its end, parameters, escapes of escapes, and letters that only look like one of these.
 */
export function decodeSegment(segment: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(segment);
  } catch {
    return undefined;
  }
  return UNSAFE.test(decoded.normalize('NFKC')) ? undefined : decoded;
}

/** The one form in which a segment is written: nothing in it ends an address that is pasted among other text. */
export function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
