import { parseSecret } from '../http/parseSecret.ts';
import { t } from '../words/l10n.ts';
import type { CommandHandler } from './commandParts.ts';
import { askSecret } from './keyForm.ts';
import { secretProblemText } from './keyFormTexts.ts';
import { keyFor, textOf } from './pickKey.ts';

/**
 * `keyQuota.replaceSecret`: puts a renewed secret in the place of the old one; by argument `{ id, secret }`
 * without asking for it.
 */
export const replaceSecret: CommandHandler = async (parts, argument) => {
  const title = t('Replace Secret');
  const key = await keyFor(parts, argument, title);
  if (!key) return;
  const given = textOf(argument, 'secret');
  const parsed = given === undefined ? undefined : parseSecret(given);
  if (parsed?.problem) throw new Error(secretProblemText(parsed.problem));
  const secret = parsed?.secret ?? (await askSecret(t('{0} of “{1}”', title, key.label), key.credential));
  if (secret) await parts.book.replaceSecret(key, secret);
};
