import { t } from '../../../text/translate.ts';
import { copyText } from '../../host/clipboard.ts';
import { sayInPassing, showInformation } from '../../host/messages.ts';
import type { CommandHandler } from '../commandParts.ts';
import { keyFor } from './pickKey.ts';

/** `keyQuota.copyModels`: copies the models a key may call, one a line; returns them, null for any. */
export const copyModels: CommandHandler = async (parts, argument) => {
  const key = await keyFor(parts, argument, t('Copy Model List'));
  const models = key && parts.monitor.snapshot.find(({ id }) => id === key.id)?.reading?.models;
  if (!key || models === undefined) return undefined;
  if (models === null) {
    void showInformation(t('“{0}” may call any model.', key.label));
    return null;
  }
  await copyText(models.join('\n'));
  sayInPassing(t('Models copied: {0}', models.length), 3000);
  return models;
};
