/**
 * Normalizes pasted text: removes quotes, variable names, the comma of a JSON file and invisible characters.
 * Kept in an address, they would make it the address of another machine.
 */

/** Invisible characters; none is part of an address or a key. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0\u2800]/gu;
/** Full-width forms of ASCII, as Chinese and Japanese keyboards type them. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

const OPENING_PUNCTUATION = '"\'`´<([{“”„‟‘’‚‛«»‹›「」『』《》〈〉【】';
const CLOSING_PUNCTUATION = '"\'`´>)]}“”„‟‘’‚‛«»‹›「」『』《》〈〉【】,;.:!?、。，；：';
const OPENING_BRACKET_OF: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

/** The most layers of quotes and assignments that are removed. */
const MAX_LAYERS = 8;

/**
 * The normalized text. `valueOfAssignment` returns the value where a text is an assignment (`NAME=value`),
 * else undefined.
 */
export function normalizePasted(
  pasted: string,
  valueOfAssignment: (text: string) => string | undefined,
): string {
  let text = pasted
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, character => String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .trim();
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const inner = trimPunctuation(unwrapMarkdownLink(text)).trim();
    const next = (valueOfAssignment(inner) ?? inner).trim();
    if (next === text) break;
    text = next;
  }
  return text;
}

/** The address of a Markdown link `[text](address)`. */
function unwrapMarkdownLink(text: string): string {
  return /^!?\[[^\]]*\]\(\s*<?([^\s()<>]+)>?[^()]*\)[.,;]?$/.exec(text)?.[1] ?? text;
}

/**
 * Trims quotes, brackets and punctuation. A bracket whose partner is part of the text stays, as in
 * `https://[::1]`.
 */
function trimPunctuation(text: string): string {
  let from = 0;
  let to = text.length;
  while (
    to > from &&
    CLOSING_PUNCTUATION.includes(text[to - 1] ?? '') &&
    !hasOpeningBracket(text.slice(from, to))
  )
    to--;
  while (
    from < to &&
    OPENING_PUNCTUATION.includes(text[from] ?? '') &&
    !IPV6_IN_BRACKETS.test(text.slice(from, to))
  )
    from++;
  return text.slice(from, to);
}

const IPV6_IN_BRACKETS = /^\[[\da-f:.]*:[\da-f:.]*\]/i;

/** Whether the closing bracket at the end of a text was opened within it. */
function hasOpeningBracket(text: string): boolean {
  const last = text.at(-1) ?? '';
  const openingBracket = OPENING_BRACKET_OF[last];
  if (openingBracket === undefined || text.split(openingBracket).length < text.split(last).length)
    return false;
  return !text.startsWith(openingBracket) || IPV6_IN_BRACKETS.test(text);
}
