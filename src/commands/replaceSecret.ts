import { t } from '../words/l10n.ts';
import type { CommandHandler } from './commandParts.ts';
import { askSecret } from './keyForm.ts';
import { keyFor } from './pickKey.ts';

/** `keyQuota.replaceSecret`: puts a renewed secret in the place of the old one. */
export const replaceSecret: CommandHandler = async (parts, argument) => {
  const title = t('Replace Secret');
  const key = await keyFor(parts, argument, title);
  const secret = key && (await askSecret(t('{0} of “{1}”', title, key.label), key.credential));
  if (key && secret) await parts.book.replaceSecret(key, secret);
};
