import * as l10n from '@vscode/l10n';
import type { RequestParts } from '../requests/requestParts.ts';

type Redacting = Pick<RequestParts, 'redactor'>;

/** @throws Error with a sentence for a text that holds a secret: by default for a label or an address. */
export function refuseSecretIn(
  { redactor }: Redacting,
  text: string,
  sentence = l10n.t('The name and the address of a key must not contain the key itself.'),
): void {
  if (redactor.redact(text) !== text) throw new Error(sentence);
}

/** @throws Error with a sentence for a note that holds a secret. */
export function refuseSecretInNote(parts: Redacting, note = ''): void {
  refuseSecretIn(parts, note, l10n.t('A note must not contain a key.'));
}
