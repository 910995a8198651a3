import { env, l10n } from 'vscode';

/**
 * The language of our texts, a BCP 47 tag. Dates, times and amounts use it too, so that no sentence mixes two
 * languages.
 */
export function textLanguage(): string {
  return languageOf(env.language, l10n.bundle);
}

/** VS Code's own language where there is a translation into it, else English. */
export function languageOf(display: string, translation: object | undefined): string {
  return translation !== undefined || /^en\b/i.test(display) ? display : 'en';
}
