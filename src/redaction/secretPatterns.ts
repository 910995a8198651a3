/** Written in place of a secret. */
export const REPLACEMENT = '‹secret›';

const SECRET_PATTERNS: readonly RegExp[] = [
  /\b(?:sk[-_]|mk[-_]|nap_)[A-Za-z0-9*_-]{6,}/gi,
  // Letters alone that follow are an ordinary word; a digit or `=` makes them a token.
  /\b(?:bearer|basic)\s+(?=[A-Za-z+/._~*-]*[0-9=])[A-Za-z0-9+/=._~*-]{6,}/gi,
  /((?:[?&]|%3f|%26|\b)(?:api[-_]?key|key|token|access[-_]?token|secret|password)(?:=|%3d))[^&\s"'<>‹]{6,}/gi,
  /("(?:api[-_]?key|access[-_]?token|secret|password|authorization)"\s*:\s*")[^"\\‹]{6,}/gi,
  /(authorization\s*[:=]\s*(?:[a-z]+\s+)?)[^\s"'<>‹,;]{6,}/gi,
  /(\b[a-z][a-z0-9+.-]{1,10}:\/\/)[^\s/@:"'<>]{1,100}:[^\s/@"'<>]{1,200}(?=@)/gi,
];

/** A quick test, true for all that the patterns match: most texts need not be compared with each pattern. */
const SECRET_HINT =
  /[sm]k[-_]|nap_|bearer\s|basic\s|(?:key|token|secret|password)(?:=|%3d|")|authorization|:\/\//i;

/** The text without anything that looks like a secret: `Bearer ‹secret›`. */
export function redactPatterns(text: string): string {
  if (!SECRET_HINT.test(text)) return text;
  return SECRET_PATTERNS.reduce((clean, shape) => clean.replace(shape, replacePattern), text);
}

/** The mark in place of a shape; what stands before the secret in it stays. */
function replacePattern(_all: string, prefix: unknown): string {
  return (typeof prefix === 'string' ? prefix : '') + REPLACEMENT;
}

/** Redacts texts that are shown together. They are searched together first, since most hold nothing to find. */
export function redactTogether<Texts extends readonly (string | undefined)[]>(
  texts: Texts,
  redact: (text: string) => string,
): Texts {
  // The end of a line ends a word as the end of a text does: what is found in one alone is found here too.
  const together = texts.join('\n');
  if (redact(together) === together) return texts;
  return texts.map(text => text && redact(text)) as unknown as Texts;
}
