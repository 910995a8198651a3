import { redactPatterns, redactTogether } from './secretPatterns.ts';

/** What takes secrets out of texts. */
interface TextRedactor {
  redact(text: string): string;
  redactTexts<Texts extends readonly (string | undefined)[]>(texts: Texts): Texts;
}

/**
 * Takes secrets out of what views show. The first look-up of a secret loads `redactor.ts`, which knows the secrets in
 * use, and replaces this one. Until then no secret is in use, and only what looks like one is taken out.
 */
export let shownRedactor: TextRedactor = {
  redact: redactPatterns,
  redactTexts: texts => redactTogether(texts, redactPatterns),
};

/** From now on `redactor` takes secrets out of what views show. */
export function redactShownBy(redactor: TextRedactor): void {
  shownRedactor = redactor;
}
