import { sanitizeText } from '../../../gateways/fields.ts';
import { MAX_LABEL_LENGTH } from './keyFormTexts.ts';

/** A name for a key that came from elsewhere, made fit to be one: no control or direction characters, not too long. */
export function sanitizeLabel(text: string): string {
  return sanitizeText(text, MAX_LABEL_LENGTH);
}
