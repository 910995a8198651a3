/** Arguments for `{0}` or `{name}` in a message. */
export type MessageArgs = (string | number)[] | [Readonly<Record<string, string | number>>];

export type Translate = (message: string, ...args: MessageArgs) => string;

/** Speaks the messages as they are written. */
export const english: Translate = (message, ...args) => {
  const [first] = args;
  const named = (typeof first === 'object' ? first : args) as Readonly<Record<string, string | number>>;
  return message.replace(/\{(\w+)\}/g, (hole, name: string) => String(named[name] ?? hole));
};

let translate = english;
let language = 'en';

/** Makes all texts speak the display language. Called once, on activation. */
export function speak(displayLanguage: string, translator: Translate): void {
  language = displayLanguage;
  translate = translator;
}

/** A message in the display language; English without VS Code around it, as in unit tests. */
export function t(message: string, ...args: MessageArgs): string {
  return translate(message, ...args);
}

/** BCP 47 tag for `Intl`. */
export function locale(): string {
  return language;
}
