import * as l10n from '@vscode/l10n';

/** Translations by the English message, placeholders (`{0}`) still in them. What is missing stays English. */
export type Translations = Readonly<Record<string, string>>;

let language = 'en';

/**
 * Sets the language of all texts (`l10n.t`) and of dates, times and amounts. Called once, on activation; English
 * before that, as in unit tests.
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
