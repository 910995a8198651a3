import * as l10n from '@vscode/l10n';

/** A name in the quotation marks of the display language, which are those of its sentences. */
export function quotedName(name: string): string {
  return l10n.t('“{0}”', name);
}
