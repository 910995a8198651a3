import { env, l10n } from 'vscode';

/**
 * The language our texts are in, a BCP 47 tag: VS Code's own where there is a translation, else English. Dates, times
 * and amounts are written in it too, or a sentence would be in two languages.
 */
export function textLanguage(): string {
  return l10n.bundle !== undefined || /^en\b/i.test(env.language) ? env.language : 'en';
}
