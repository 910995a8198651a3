import * as l10n from '@vscode/l10n';

/** Sentences one after the other, as the language sets them: Chinese has no space between them. */
export function joinSentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter(part => part !== undefined && part !== '')
    .reduce((text: string, part = '') => (text === '' ? part : l10n.t('{0} {1}', text, part)), '');
}
