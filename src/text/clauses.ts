import * as l10n from '@vscode/l10n';

/** Parts of one sentence, joined by the comma of the language: `Team, ok, $15.00`. */
export const joinClauses = (parts: readonly string[]): string => parts.join(l10n.t(', '));

/** Names, joined as the language lists them: `Cline, Roo`, in Chinese `Cline、Roo`. */
export const joinNames = (names: readonly string[]): string =>
  names.length === 0 ? '' : names.reduce((before, name) => l10n.t('{0}, {1}', before, name));
