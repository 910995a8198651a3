import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../../core/input/baseUrl.ts';
import { showInformation } from '../../../host/messages.ts';
import { runOwnCommand } from '../../../host/ownCommand.ts';
import type { KeyPlace } from './newKey.ts';
import { recognizedText } from './placeText.ts';

/** Shows under which name and as which kind the key was added, with a button that renames it. */
export async function showAddedKey(id: string, label: string, place: KeyPlace | undefined): Promise<void> {
  if (!place) return;
  const rename = l10n.t('Rename Key…');
  const choice = await showInformation(
    l10n.t('“{0}” was added. {1}: {2}.', label, addressOf(place.baseUrl), recognizedText(place)),
    rename,
  );
  if (choice === rename) await runOwnCommand('keyQuota.renameKey', id);
}
