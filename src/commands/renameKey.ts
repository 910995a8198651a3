import { t } from '../words/l10n.ts';
import type { CommandHandler } from './commandParts.ts';
import { askLabel } from './keyForm.ts';
import { keyFor } from './pickKey.ts';

/** `keyQuota.renameKey`: gives a key another name. */
export const renameKey: CommandHandler = async (parts, argument) => {
  const title = t('Rename Key');
  const key = await keyFor(parts, argument, title);
  const label = key && (await askLabel(title, key.label));
  if (key && label) await parts.book.rename(key, label);
};
