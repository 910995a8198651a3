import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { serverIdOf } from '../../../core/team/servedKey.ts';
import { joinNames } from '../../../text/clauses.ts';
import { pickMany, pickOne } from '../../host/forms.ts';
import { showWarning } from '../../host/messages.ts';
import { encryptText } from '../../host/passphrase.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { CommandParts } from '../commandParts.ts';
import { displayPath, saveFile } from '../saveFile.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { askNewPassphrase } from './askPassphrase.ts';
import { offerAddKey } from './offerAddKey.ts';

/** Asks which keys, and whether with their secrets, and saves them. */
export async function exportByForm(parts: CommandParts): Promise<{ file: string } | undefined> {
  const title = l10n.t('Export Keys');
  const all = [...parts.keyService.keysById().values()].filter(({ id }) => serverIdOf(id) === undefined);
  if (all.length === 0) {
    void offerAddKey();
    return undefined;
  }
  const keys = await askKeys(title, all);
  if (!keys || keys.length === 0) return undefined;
  const withSecrets = await askContent(title);
  if (withSecrets === undefined) return undefined;
  return withSecrets ? saveEncrypted(parts, title, keys) : saveNames(parts, keys);
}

async function askKeys(title: string, keys: readonly KeyRecord[]): Promise<readonly KeyRecord[] | undefined> {
  const items = keys.map(key =>
    shownItem({ label: key.label, description: addressOf(key.baseUrl), picked: true, key }),
  );
  const placeHolder = l10n.t('Which keys?');
  const picked = await pickMany(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ key }) => key);
}

/** Whether with secrets; undefined when the question was closed. */
async function askContent(title: string): Promise<boolean | undefined> {
  const items = [
    shownItem({
      label: l10n.t('Names and Addresses'),
      detail: l10n.t('Plain JSON for a team. It contains no secrets: everyone enters their own.'),
      withSecrets: false,
    }),
    shownItem({
      label: l10n.t('With Secrets, Encrypted'),
      detail: l10n.t(
        'For another machine of yours. Import Keys opens it with the passphrase, and so does age.',
      ),
      withSecrets: true,
    }),
  ];
  const picked = await pickOne(items, {
    title,
    placeHolder: l10n.t('What goes into the file?'),
    ignoreFocusOut: true,
  });
  return picked?.withSecrets;
}

async function saveNames({ keyService }: CommandParts, keys: readonly KeyRecord[]) {
  const { text } = await keyService.exportKeys(keys, false);
  const file = await saveFile('key-quota-keys.json', [{ name: 'JSON', extension: 'json', text: () => text }]);
  return file && { file: displayPath(file) };
}

async function saveEncrypted({ keyService }: CommandParts, title: string, keys: readonly KeyRecord[]) {
  const passphrase = await askNewPassphrase(title);
  if (passphrase === undefined) return undefined;
  const { text, withoutSecret } = await keyService.exportKeys(keys, true);
  if (withoutSecret.length > 0)
    void showWarning(
      l10n.t(
        'The secret cannot be read, so only name and address are exported: {0}.',
        joinNames(withoutSecret),
      ),
    );
  const encrypted = await withCancellableProgress(l10n.t('Encrypting keys'), (_report, signal) =>
    encryptText(text, passphrase, signal),
  );
  if (encrypted === undefined) return undefined;
  const file = await saveFile('key-quota-keys.age', [
    { name: 'age', extension: 'age', text: () => encrypted },
  ]);
  return file && { file: displayPath(file) };
}
