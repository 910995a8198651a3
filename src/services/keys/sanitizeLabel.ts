import { sanitizeText } from '../../gateways/sanitizeText.ts';

/** The most characters of a key's name. */
export const MAX_LABEL_LENGTH = 60;

/** Makes a label from a text that came from elsewhere: without control or direction characters, and not too long. */
export function sanitizeLabel(text: string): string {
  return sanitizeText(text, MAX_LABEL_LENGTH);
}
