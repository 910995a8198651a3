/**
 * What people paste along with an address or a key: quotes, the name of a variable, the comma of a JSON file, signs
 * that cannot be seen. An address made of them would be another machine, so they are taken away before anything is
 * read, and by one place, so that all forms hold for both.
 */

/** Signs without a look of their own; none is part of an address or a key. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0\u2800]/gu;
/** The wide forms that Chinese and Japanese keyboards type. */
const WIDE = /[\uFF01-\uFF5E]/g;
const WIDE_SHIFT = 0xfee0;

const OPENING = '"\'`´<([{“”„‟‘’‚‛«»‹›「」『』《》〈〉【】';
const CLOSING = '"\'`´>)]}“”„‟‘’‚‛«»‹›「」『』《》〈〉【】,;.:!?、。，；：';
const PARTNERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

/** More layers than anyone pastes. */
const MOST_LAYERS = 8;

/** The text without signs that cannot be seen and without what stands around it. `named` reads the value of a name. */
export function unwrapped(pasted: string, named: (text: string) => string | undefined): string {
  let text = pasted
    .replace(UNSEEN, '')
    .replace(WIDE, sign => String.fromCharCode(sign.charCodeAt(0) - WIDE_SHIFT))
    .trim();
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const inner = withoutEnds(withoutMarkdown(text)).trim();
    const next = (named(inner) ?? inner).trim();
    if (next === text) break;
    text = next;
  }
  return text;
}

/** `[text](address)` is the address. */
function withoutMarkdown(text: string): string {
  return /^!?\[[^\]]*\]\(\s*<?([^\s()<>]+)>?[^()]*\)[.,;]?$/.exec(text)?.[1] ?? text;
}

/** A bracket stays where its partner is part of the text too, as in `https://[::1]`. */
function withoutEnds(text: string): string {
  let from = 0;
  let to = text.length;
  while (to > from && CLOSING.includes(text[to - 1] ?? '') && !isInside(text.slice(from, to))) to--;
  while (from < to && OPENING.includes(text[from] ?? '') && !ADDRESS_IN_BRACKETS.test(text.slice(from, to)))
    from++;
  return text.slice(from, to);
}

const ADDRESS_IN_BRACKETS = /^\[[\da-f:.]*:[\da-f:.]*\]/i;

/** Whether the bracket that ends a text was opened within it. */
function isInside(text: string): boolean {
  const last = text.at(-1) ?? '';
  const partner = PARTNERS[last];
  if (partner === undefined || text.split(partner).length < text.split(last).length) return false;
  return !text.startsWith(partner) || ADDRESS_IN_BRACKETS.test(text);
}
