import * as l10n from '@vscode/l10n';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { NotSavedError } from '../../core/ports/notSavedError.ts';
import type { Secrets, StoredSecret } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import { toUserError } from '../databaseErrors.ts';
import { NoAnswerError } from '../deadline.ts';

/** What `KeyWriter` needs. */
export interface KeyWriterParts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes the two halves of a key: its record to the disk, its secret to SecretStorage. Errors are sentences for people.
 */
export class KeyWriter {
  readonly #parts: KeyWriterParts;

  constructor(parts: KeyWriterParts) {
    this.#parts = parts;
  }

  /** Checks that records can be written, before a secret is changed. @throws Error with a sentence when they cannot. */
  async assertWritable(): Promise<void> {
    const { store, clock } = this.#parts;
    await this.writeRecord(() => store.writeProbe.probeWrite(clock.now()));
  }

  /**
   * Writes records to the disk, as one transaction. On failure runs `undo` for what was done before.
   * @throws Error with a sentence that says why.
   */
  writeRecord(work: () => void, undo?: () => Promise<void>): Promise<void> {
    return this.#write(() => this.#parts.store.transactionOnDisk(work), undo);
  }

  /** The same for the record of a new key, which may also go into a new file that replaces a damaged one. */
  writeNewRecord(work: () => void, undo: () => Promise<void>): Promise<void> {
    return this.#write(() => retryInNewFile(() => this.#parts.store.transactionOnDisk(work)), undo);
  }

  async #write(write: () => void, undo: () => Promise<void> = async () => undefined): Promise<void> {
    const { store, log } = this.#parts;
    try {
      await store.retryWhileLocked(write);
    } catch (error) {
      await undo().catch(() => log.warn('A secret was left without its key; the next start will find it.'));
      throw toUserError(error);
    }
  }

  /** Writes a secret. @throws Error with a sentence when SecretStorage refuses it or does not answer. */
  async writeSecret(id: string, entry: StoredSecret): Promise<void> {
    try {
      await this.#parts.secrets.write(id, entry);
    } catch (error) {
      throw new Error(
        error instanceof NoAnswerError
          ? l10n.t(
              'VS Code’s secret storage is not responding, so nothing was saved for “{0}”. Unlock the system’s key ring or reload the window, and try again.',
              entry.label,
            )
          : l10n.t(
              'VS Code’s secret storage did not accept the secret of “{0}”, so nothing was saved. Unlock the system’s key ring and try again.',
              entry.label,
            ),
      );
    }
  }

  /** Removes the secret of a key. @throws Error with a sentence when SecretStorage refuses or does not answer. */
  async removeSecret({ id, label }: { readonly id: string; readonly label: string }): Promise<void> {
    try {
      await this.#parts.secrets.remove(id);
    } catch (error) {
      throw new Error(
        error instanceof NoAnswerError
          ? l10n.t(
              'VS Code’s secret storage is not responding, so the key “{0}” is kept. Unlock the system’s key ring or reload the window, and try again.',
              label,
            )
          : l10n.t(
              'The secret of “{0}” could not be deleted from VS Code’s secret storage, so the key is kept. Unlock the system’s key ring and try again.',
              label,
            ),
      );
    }
  }
}

/** Writes again when the damaged file was set aside at the first try. */
function retryInNewFile(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof NotSavedError) || error.reason !== 'damaged') throw error;
    write();
  }
}
