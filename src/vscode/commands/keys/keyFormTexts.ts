import * as l10n from '@vscode/l10n';
import type { BaseUrlProblem } from '../../../core/input/parseBaseUrl.ts';
import type { SecretProblem } from '../../../core/input/parseSecret.ts';
import { MAX_LABEL_LENGTH } from '../../../services/keys/sanitizeLabel.ts';

/** What is wrong with an address, and how to correct it. */
export function addressProblemText(problem: BaseUrlProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter the gateway’s address, for example https://api.example.com');
    case 'not-a-url':
      return l10n.t('This is not an address. Addresses look like https://api.example.com');
    case 'not-http':
      return l10n.t('The address must begin with https://');
    case 'with-password':
      return l10n.t('Leave user name and password out of the address.');
    case 'unclear-path':
      return l10n.t(
        'The path in the address cannot be used: it contains a key, or characters that servers read in different ways. Enter the address up to the path where the gateway is mounted.',
      );
    case 'plain-http':
      return l10n.t(
        'Plain http would expose the key to everyone along the way. Use https; for a gateway on your own network you can set allowHttp in keyQuota.gateways.',
      );
    case 'plain-http-public':
      return l10n.t(
        'Plain http would expose the key to everyone along the way. Use https: allowHttp applies only to private network addresses, and this is not one of them.',
      );
  }
}

/** What is wrong with a secret. Never quotes it. */
export function secretProblemText(problem: SecretProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Paste the API key.');
    case 'unprintable':
      return l10n.t(
        'The key contains spaces, line breaks or characters outside ASCII. Copy it again, the key alone.',
      );
    case 'masked':
      return l10n.t(
        'This is not the key itself: it says where the key is, or has characters masked or left out. Copy the whole key.',
      );
    case 'too-long':
      return l10n.t('This is longer than any API key. Copy it again, the key alone.');
  }
}

/** Control characters, line and paragraph separators, and characters that change the writing direction. */
const INVISIBLE_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

export function labelProblem(label: string): string | undefined {
  if (label.trim() === '') return l10n.t('Give the key a name you will recognize.');
  if (INVISIBLE_CHARACTERS.test(label))
    return l10n.t('The name contains invisible characters. Type it by hand.');
  return label.trim().length > MAX_LABEL_LENGTH
    ? l10n.t('At most {0} characters.', MAX_LABEL_LENGTH)
    : undefined;
}

export function userIdProblem(text: string): string | undefined {
  return /^\d{0,15}$/.test(text.trim()) ? undefined : l10n.t('The user ID is a number.');
}
