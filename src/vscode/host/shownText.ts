import * as l10n from '@vscode/l10n';
import { shownRedactor } from '../../redaction/shownRedactor.ts';

declare const mark: unique symbol;

/**
 * Text that VS Code may show: redacted, and without anything that VS Code turns into a link, a command or an icon. Only
 * the functions here create it, and `window.ts` accepts nothing else.
 */
export type ShownText = string & { readonly [mark]: true };

/**
 * Escapes any text. VS Code turns `[text](address)` into a link in notifications, progress, errors of commands and
 * input boxes, be it a web page, a file or a command with arguments, and `$(name)` into an icon in lists and in the
 * status bar. A space between the two characters prevents both.
 */
export function shown(text: string): ShownText {
  return escapeAndRedact(shownRedactor.redact(text));
}

type AllShown<Texts extends readonly (string | undefined)[]> = {
  readonly [Place in keyof Texts]: Texts[Place] extends string ? ShownText : ShownText | undefined;
};

/** Escapes several texts at once, which is faster. */
export function shownAll<Texts extends readonly (string | undefined)[]>(texts: Texts): AllShown<Texts> {
  const clean = shownRedactor.redactTexts(texts);
  return clean.map(text => text && escapeAndRedact(text)) as unknown as AllShown<Texts>;
}

/** Escapes a text and puts an icon before it. */
export function withIcon(icon: string, text: string): ShownText {
  return `$(${icon}) ${shown(text)}` as ShownText;
}

/** An icon without text. */
export function iconOnly(icon: string): ShownText {
  return `$(${icon})` as ShownText;
}

/** A text with the number of others, and an icon for what they are: `Team · $15.00 +2 ⚠`. */
export function withCount(text: ShownText, count: number, icon: string): ShownText {
  return `${text} +${count} $(${icon})` as ShownText;
}

/** A text after what is said of it: `no figures yet: $(key) Team · $15.00`. */
export function withRemark(remark: string, text: ShownText): ShownText {
  return l10n.t('{0}: {1}', shown(remark), text) as ShownText;
}

function escapeAndRedact(text: string): ShownText {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (') as ShownText;
}
