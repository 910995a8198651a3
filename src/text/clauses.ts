import * as l10n from '@vscode/l10n';

/** Parts of one sentence, one after the other, as the language sets them apart. */
export const clauses = (parts: readonly string[]): string => parts.join(l10n.t(', '));

/** Names one after the other, as the language lists them. */
export const listed = (names: readonly string[]): string =>
  names.length === 0 ? '' : names.reduce((before, name) => l10n.t('{0}, {1}', before, name));
