/** The fast path: plain ASCII needs no sanitizing. */
const ALREADY_PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Invisible characters, except those that a script needs: number signs and verse ends in Arabic, Kaithi and
 * related scripts, the Mongolian vowel separator, and the tag characters of regional flags.
 */
const INVISIBLE =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]|(?<=\p{Script=Mongolian})\u180E(?=\p{Script=Mongolian}))[\p{Cf}\p{Co}\p{Cs}]/gu;

/** Zero-width joiners: of emoji, and of Persian and Indian scripts. */
const JOINER = /^[\u200C\u200D]$/;

/** A joiner at an end, beside a space, or between characters that need none. */
const LOOSE_JOINER =
  /(?<![[\p{L}\p{M}\p{N}\p{S}]--[ -~]])[\u200C\u200D]+|[\u200C\u200D]+(?![[\p{L}\p{M}\p{N}\p{S}]--[ -~]])/gv;

/**
 * Sanitizes a gateway's text for display: removes control, direction and invisible characters, collapses
 * white space, and truncates to `maxLength` characters. Markup stays, because every view shows text as text.
 */
export function sanitizeText(text: string, maxLength: number): string {
  if (text.length <= maxLength && ALREADY_PLAIN.test(text)) return text;
  // One character more than is shown, of two UTF-16 units each.
  const prefix = text.slice(0, (maxLength + 1) * 2);
  const clean = prefix
    .replace(INVISIBLE, (character, flag?: string) => flag ?? (JOINER.test(character) ? character : ''))
    .replace(LOOSE_JOINER, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...clean];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : clean;
}
