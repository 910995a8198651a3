import * as l10n from '@vscode/l10n';
import { UnreadableFileError } from '../../../services/importing/foundKey.ts';
import { MAX_WORK_FACTOR, type Seal } from '../../../services/importing/sealedFile.ts';
import { showWarning } from '../../host/messages.ts';
import { decryptFile } from '../../host/passphrase.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { askPassphrase } from './askPassphrase.ts';

/**
 * Opens an encrypted file with the passphrase that a person gives, as often as they try. Undefined when they gave up.
 * @throws UnreadableFileError for one that no passphrase opens, or that asks for more work than we do for it.
 */
export async function openSealedFile(
  title: string,
  name: string,
  bytes: Uint8Array,
  seal: Seal,
): Promise<string | undefined> {
  if (seal.by === 'other') throw new UnreadableFileError('encrypted');
  if (seal.workFactor > MAX_WORK_FACTOR) throw new UnreadableFileError('too-much-work');
  for (;;) {
    const passphrase = await askPassphrase(title, l10n.t('The passphrase of “{0}”', name));
    if (passphrase === undefined) return undefined;
    const opened = await withCancellableProgress(l10n.t('Opening “{0}”', name), async (_report, signal) => ({
      text: await decryptFile(bytes, passphrase, signal),
    }));
    if (!opened) return undefined;
    if (opened.text !== undefined) return opened.text;
    void showWarning(l10n.t('“{0}” does not open with this passphrase, or is damaged.', name));
  }
}
