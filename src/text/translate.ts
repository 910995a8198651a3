/** Arguments for `{0}` or `{name}` in a message. */
export type MessageArgs = (string | number)[] | [Readonly<Record<string, string | number>>];

/** A message in another language, its holes still in it. */
export type Translate = (message: string) => string;

/** Speaks the messages as they are written. */
export const english: Translate = message => message;

let translate = english;
let language = 'en';
/** What was said before: text and, in turn with it, names of holes. A snapshot says the same thousands of times. */
const said = new Map<string, readonly string[]>();

/** Makes all texts speak the display language. Called once, on activation. */
export function setLanguage(displayLanguage: string, translator: Translate): void {
  language = displayLanguage;
  translate = translator;
  said.clear();
}

/** A message in the display language; English without VS Code around it, as in unit tests. */
export function t(message: string, ...args: MessageArgs): string {
  const known = said.get(message);
  if (known) return filled(known, args);
  const pieces = translate(message).split(/\{(\w+)\}/);
  said.set(message, pieces);
  return filled(pieces, args);
}

function filled(pieces: readonly string[], args: MessageArgs): string {
  const [first] = args;
  const named = (typeof first === 'object' ? first : args) as Readonly<Record<string, string | number>>;
  let text = '';
  let isHole = false;
  for (const piece of pieces) {
    text += isHole ? (named[piece] ?? `{${piece}}`) : piece;
    isHole = !isHole;
  }
  return text;
}

/** BCP 47 tag for `Intl`. */
export function displayLocale(): string {
  return language;
}
