import { redactor } from '../../redaction/redactor.ts';

declare const mark: unique symbol;

/**
 * Text as VS Code may show it: without secrets, and with nothing in it that VS Code makes a link, a command or an
 * icon of. Only the functions here make one, and `window.ts` takes nothing else, so that no text of a gateway, a
 * file or a person reaches the screen by another way.
 */
export type ShownText = string & { readonly [mark]: true };

/**
 * Any text, made to be shown as itself. VS Code makes a link of `[text](address)` in notifications, progress, errors
 * of commands and input boxes, whether the address is a web page, a file or a command with arguments, and an icon of
 * `$(name)` in lists and in the status bar. Both need their two signs side by side: a space between them ends it,
 * and what is read is still what was said.
 */
export function shown(text: string): ShownText {
  return harmless(redactor.redact(text));
}

type AllShown<Texts extends readonly (string | undefined)[]> = {
  readonly [Place in keyof Texts]: Texts[Place] extends string ? ShownText : ShownText | undefined;
};

/** The same for texts that are shown together, looked at together. */
export function shownAll<Texts extends readonly (string | undefined)[]>(texts: Texts): AllShown<Texts> {
  const clean = redactor.redactAll(texts);
  return clean.map(text => text && harmless(text)) as unknown as AllShown<Texts>;
}

/** Any text behind an icon of our own. */
export function withIcon(icon: string, text: string): ShownText {
  return `$(${icon}) ${shown(text)}` as ShownText;
}

/** An icon of our own, alone. */
export function iconAlone(icon: string): ShownText {
  return `$(${icon})` as ShownText;
}

/** Two texts with a space between them. */
export function sideBySide(some: ShownText, other: ShownText): ShownText {
  return `${some} ${other}` as ShownText;
}

function harmless(text: string): ShownText {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (') as ShownText;
}
