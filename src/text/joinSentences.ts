import * as l10n from '@vscode/l10n';

/** Joins sentences, with a space between them in English and none in Chinese. Undefined ones are left out. */
export function joinSentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter(part => part !== undefined && part !== '')
    .reduce((text: string, part = '') => (text === '' ? part : l10n.t('{0} {1}', text, part)), '');
}
