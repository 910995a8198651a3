import * as l10n from '@vscode/l10n';

/** Parts of one sentence, joined by the comma of the language: `Team, ok, $15.00`. */
export const joinClauses = (parts: readonly string[]): string => parts.join(l10n.t(', '));

/** Names, joined as the language lists them: `Cline, Roo`, in Chinese `Cline、Roo`. */
export const joinNames = (names: readonly string[]): string =>
  names.length === 0 ? '' : names.reduce((before, name) => l10n.t('{0}, {1}', before, name));

/** Names, of which the first `most` are named and the others counted: `Cline, Roo and 12 more`. */
export function joinFewNames(names: readonly string[], most: number): string {
  const shown = joinNames(names.slice(0, most));
  return names.length > most ? l10n.t('{0} and {1} more', shown, names.length - most) : shown;
}
