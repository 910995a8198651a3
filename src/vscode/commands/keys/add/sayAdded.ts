import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../../core/input/baseUrl.ts';
import { showInformation } from '../../../host/messages.ts';
import { runOwnCommand } from '../../../host/ownCommand.ts';
import type { KeyPlace } from './newKey.ts';
import { recognizedText } from './placeText.ts';

/** Says under which name the key is in the list, and as what; the name can be changed from there. */
export async function sayAdded(id: string, label: string, place: KeyPlace | undefined): Promise<void> {
  if (!place) return;
  const rename = l10n.t('Rename Key…');
  const choice = await showInformation(
    l10n.t('“{0}” was added. {1}: {2}.', label, addressOf(place.baseUrl), recognizedText(place)),
    rename,
  );
  if (choice === rename) await runOwnCommand('keyQuota.renameKey', id);
}
