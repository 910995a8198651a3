import * as l10n from '@vscode/l10n';
import type { RequestParts } from '../requests/requestParts.ts';

/** @throws Error with a sentence for a label or address that holds a secret. */
export function refuseSecretIn({ redactor }: Pick<RequestParts, 'redactor'>, text: string): void {
  if (redactor.redact(text) !== text)
    throw new Error(l10n.t('The name and the address of a key must not contain the key itself.'));
}

/** @throws Error with a sentence for a note that holds a secret. */
export function refuseSecretInNote({ redactor }: Pick<RequestParts, 'redactor'>, note: string): void {
  if (redactor.redact(note) !== note) throw new Error(l10n.t('A note must not contain a key.'));
}
