import { t } from './translate.ts';

/** Sentences one after the other, as the language sets them: Chinese has no space between them. */
export function joinSentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter(part => part !== undefined && part !== '')
    .reduce((text: string, part = '') => (text === '' ? part : t('{0} {1}', text, part)), '');
}
