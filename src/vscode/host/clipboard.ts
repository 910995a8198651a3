import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Secrets, SecretTrouble } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import { withDeadline } from '../../services/deadline.ts';

export interface SecretClipboardParts {
  readonly secrets: Pick<Secrets, 'read'>;
  /** Runs `work` after `ms`; the result cancels it. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly now: () => number;
  /** Stored, so that another window clears the clipboard when this one ends early. */
  readonly store: Pick<Store, 'copiedSecrets' | 'transaction'>;
}

/** A secret that was copied and not cleared yet. */
interface PendingClear {
  /** SHA-256 of the secret; the secret itself is not stored. */
  readonly digest: string;
  readonly cancelTimer: () => void;
}

/** How long a secret stays on the clipboard. */
const CLEAR_AFTER_MS = MINUTE_MS;

/** Copies secrets to the clipboard and clears it after a minute. Callers never see the secret. */
export class SecretClipboard {
  readonly #parts: SecretClipboardParts;
  /** By key, each with a timer of its own: windows that ended early may have left several, in any order. */
  readonly #copied = new Map<string, PendingClear>();

  constructor(parts: SecretClipboardParts) {
    this.#parts = parts;
  }

  /** Copies a key's secret for a minute. Returns why there is none, if there is none. */
  async copy(keyId: string): Promise<SecretTrouble | undefined> {
    const entry = await this.#parts.secrets.read(keyId);
    if (typeof entry !== 'object') return entry;
    await withDeadline('clipboard', vscode.env.clipboard.writeText(entry.secret));
    const digest = digestOf(entry.secret);
    this.#scheduleClear(keyId, digest, CLEAR_AFTER_MS);
    const { store, now } = this.#parts;
    // After the timer has started, because this throws while the database is locked.
    store.transaction(() => store.copiedSecrets.saveCopied({ keyId, until: now() + CLEAR_AFTER_MS, digest }));
    return undefined;
  }

  /** Clears the secrets that windows left on the clipboard when they ended early, once their minute is over. */
  clearAfterOtherWindow(): void {
    for (const { keyId, until, digest } of this.#parts.store.copiedSecrets.allCopied()) {
      const ms = Math.max(0, until - this.#parts.now());
      this.#scheduleClear(keyId, digest, Math.min(ms, CLEAR_AFTER_MS));
    }
  }

  #scheduleClear(keyId: string, digest: string, ms: number): void {
    this.#copied.get(keyId)?.cancelTimer();
    const cancelTimer = this.#parts.after(ms, () => void this.#clearSecretOf(keyId).catch(() => undefined));
    this.#copied.set(keyId, { digest, cancelTimer });
  }

  /** Clears the clipboard if it still holds a copied secret. Called when the window ends. */
  async clear(): Promise<void> {
    await Promise.all([...this.#copied.keys()].map(keyId => this.#clearSecretOf(keyId)));
  }

  async #clearSecretOf(keyId: string): Promise<void> {
    const copied = this.#copied.get(keyId);
    if (!copied) return;
    copied.cancelTimer();
    this.#copied.delete(keyId);
    const text = await withDeadline('clipboard', vscode.env.clipboard.readText());
    if (digestOf(text) === copied.digest) await withDeadline('clipboard', vscode.env.clipboard.writeText(''));
    const { store } = this.#parts;
    store.transaction(() => store.copiedSecrets.removeCopied(keyId));
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Copies an ordinary text, redacted. */
export async function copyText(text: string): Promise<void> {
  await withDeadline('clipboard', vscode.env.clipboard.writeText(redactor.redact(text)));
}

/** What is on the clipboard, for a person who asked to have it looked through for keys. */
export function readClipboardText(): Promise<string> {
  return withDeadline('clipboard', Promise.resolve(vscode.env.clipboard.readText()));
}
