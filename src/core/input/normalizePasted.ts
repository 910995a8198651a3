/**
 * What people paste along with an address or a key: quotes, the name of a variable, the comma of a JSON file, signs
 * that cannot be seen. An address made of them would be another machine, so they are taken away before anything is
 * read, and by one place, so that all forms hold for both.
 */

/** Signs without a look of their own; none is part of an address or a key. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0\u2800]/gu;
/** The wide forms that Chinese and Japanese keyboards type. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

const OPENING_PUNCTUATION = '"\'`´<([{“”„‟‘’‚‛«»‹›「」『』《》〈〉【】';
const CLOSING_PUNCTUATION = '"\'`´>)]}“”„‟‘’‚‛«»‹›「」『』《》〈〉【】,;.:!?、。，；：';
const OPENING_BRACKET_OF: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

/** More layers than anyone pastes. */
const MAX_LAYERS = 8;

/** The text without signs that cannot be seen and without what stands around it. `named` reads the value of a name. */
export function normalizePasted(
  pasted: string,
  valueOfAssignment: (text: string) => string | undefined,
): string {
  let text = pasted
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, sign => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .trim();
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const inner = trimPunctuation(unwrapMarkdownLink(text)).trim();
    const next = (valueOfAssignment(inner) ?? inner).trim();
    if (next === text) break;
    text = next;
  }
  return text;
}

/** `[text](address)` is the address. */
function unwrapMarkdownLink(text: string): string {
  return /^!?\[[^\]]*\]\(\s*<?([^\s()<>]+)>?[^()]*\)[.,;]?$/.exec(text)?.[1] ?? text;
}

/** A bracket stays where its partner is part of the text too, as in `https://[::1]`. */
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

/** Whether the bracket that ends a text was opened within it. */
function hasOpeningBracket(text: string): boolean {
  const last = text.at(-1) ?? '';
  const openingBracket = OPENING_BRACKET_OF[last];
  if (openingBracket === undefined || text.split(openingBracket).length < text.split(last).length)
    return false;
  return !text.startsWith(openingBracket) || IPV6_IN_BRACKETS.test(text);
}
