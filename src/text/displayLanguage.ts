import * as l10n from '@vscode/l10n';

/**
 * Translations by the English message, with the placeholders (`{0}`) in both. A message without a translation stays
 * English.
 */
export type Translations = Readonly<Record<string, string>>;

let language = 'en';

/**
 * Sets the language of all texts (`l10n.t`) and of dates, times and amounts. Called once, on activation; until then,
 * and in unit tests, it is English.
 *
 * @param displayLanguage BCP 47 tag, such as `zh-cn`.
 */
export function setDisplayLanguage(displayLanguage: string, translations: Translations = {}): void {
  language = displayLanguage;
  l10n.config({ contents: translations });
}

/** The language of all texts as a BCP 47 tag for `Intl`. */
export function displayLanguage(): string {
  return language;
}
