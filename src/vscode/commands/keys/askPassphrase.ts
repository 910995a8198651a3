import * as l10n from '@vscode/l10n';
import { askText } from '../../host/forms.ts';

/** Short ones are found by trying. */
const MIN_LENGTH = 10;

/** Asks for the passphrase of a file. */
export function askPassphrase(title: string, prompt: string): Promise<string | undefined> {
  return askText({ title, prompt, password: true, ignoreFocusOut: true });
}

/** Asks for a new passphrase, twice. */
export async function askNewPassphrase(title: string): Promise<string | undefined> {
  const passphrase = await askText({
    title,
    prompt: l10n.t(
      'A passphrase for the file. Nobody can open the file without it, and it is not stored anywhere.',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: text =>
      [...text].length < MIN_LENGTH ? l10n.t('At least {0} characters.', MIN_LENGTH) : undefined,
  });
  if (passphrase === undefined) return undefined;
  const again = await askText({
    title,
    prompt: l10n.t('The same passphrase once more.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: text => (text === passphrase ? undefined : l10n.t('The passphrases differ.')),
  });
  return again === undefined ? undefined : passphrase;
}
