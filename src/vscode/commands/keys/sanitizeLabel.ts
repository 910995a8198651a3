import { sanitizeText } from '../../../gateways/fields.ts';
import { MAX_LABEL_LENGTH } from './keyFormTexts.ts';

/** Makes a label from a text that came from elsewhere: without control or direction characters, and not too long. */
export function sanitizeLabel(text: string): string {
  return sanitizeText(text, MAX_LABEL_LENGTH);
}
