import * as l10n from '@vscode/l10n';
import type { Rejection, UnreadableReason } from '../core/input/importReasons.ts';
import { isolatedName } from './isolatedName.ts';

/** Why an entry of a file or program is not offered for import; `variable` is the one that the entry names. */
export function rejectionText(reason: Rejection, variable: string | undefined): string {
  switch (reason) {
    case 'placeholder':
      return l10n.t('It is a placeholder, not a key.');
    case 'reference':
      return variable === undefined
        ? l10n.t('It says where the key is. Such places are not opened: paste the key itself.')
        : l10n.t(
            'It refers to the variable {0}; variables are looked up only for files of your own programs.',
            variable,
          );
    case 'unset-variable':
      return variable === undefined
        ? l10n.t('It is a placeholder, not a key.')
        : l10n.t('The variable {0} is not set for VS Code. Paste the key itself.', variable);
    case 'login':
      return l10n.t('It is a login, not an API key.');
    case 'local-proxy':
      return l10n.t('It belongs to a proxy of CC Switch on this machine. Import from CC Switch itself.');
    case 'not-supported':
      return l10n.t('This vendor reports nothing about such a key.');
    case 'plain-http':
      return l10n.t('Its address is plain http, which would expose the key to everyone along the way.');
    case 'bad-address':
      return l10n.t('Its address cannot be read.');
    case 'not-a-key':
      return l10n.t('It cannot be sent as a key.');
  }
}

/** Why no key can be read from a file. */
export function unreadableFileText(name: string, reason: UnreadableReason | 'not-readable'): string {
  const file = isolatedName(name);
  switch (reason) {
    case 'encrypted':
      return l10n.t('“{0}” is encrypted. Export it without encryption, and import that.', file);
    case 'too-much-work':
      return l10n.t(
        '“{0}” would take more work to open than any export of Key Quota, so it is not opened.',
        file,
      );
    case 'unknown-format':
      return l10n.t('“{0}” has an unknown format. Paste the key and its address instead.', file);
    case 'too-large':
      return l10n.t('“{0}” is too large to be a file of keys.', file);
    case 'damaged':
      return l10n.t('“{0}” is incomplete or damaged. Export it again.', file);
    case 'no-keys-inside':
      return l10n.t('“{0}” contains no keys.', file);
    case 'not-readable':
      return l10n.t('“{0}” could not be opened.', file);
  }
}
