import { sanitizeText } from '../../gateways/sanitizeText.ts';

/** The most characters of a note. */
export const MAX_NOTE_LENGTH = 200;

/** Makes a note of a text: one line, without control or direction characters, and not too long. */
export function sanitizeNote(text: string): string {
  return sanitizeText(text, MAX_NOTE_LENGTH);
}
