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

/** How long a secret stays on the clipboard. */
const CLEAR_AFTER_MS = MINUTE_MS;

/** Copies secrets to the clipboard and clears it after a minute. Callers never see the secret. */
export class SecretClipboard {
  readonly #parts: SecretClipboardParts;
  /** SHA-256 of the copied secret; the secret itself is not stored. */
  #digest: string | undefined;
  #keyId: string | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: SecretClipboardParts) {
    this.#parts = parts;
  }

  /** Copies a key's secret for a minute. Returns why there is none, if there is none. */
  async copy(keyId: string): Promise<SecretTrouble | undefined> {
    const entry = await this.#parts.secrets.read(keyId);
    if (typeof entry !== 'object') return entry;
    this.#cancelTimer();
    await withDeadline('clipboard', vscode.env.clipboard.writeText(entry.secret));
    this.#scheduleClear(keyId, digestOf(entry.secret), this.#parts.now() + CLEAR_AFTER_MS);
    return undefined;
  }

  /** Clears a secret that a window left on the clipboard when it ended early, once its minute is over. */
  clearAfterOtherWindow(): void {
    for (const { keyId, until, digest } of this.#parts.store.copiedSecrets.allCopied())
      this.#scheduleClear(keyId, digest, Math.min(until, this.#parts.now() + CLEAR_AFTER_MS));
  }

  #scheduleClear(keyId: string, digest: string, until: number): void {
    this.#cancelTimer();
    this.#digest = digest;
    this.#keyId = keyId;
    const { store } = this.#parts;
    store.transaction(() => store.copiedSecrets.saveCopied({ keyId, until, digest }));
    const ms = Math.max(0, until - this.#parts.now());
    this.#cancelTimer = this.#parts.after(ms, () => void this.clear().catch(() => undefined));
  }

  /** Clears the clipboard if it still holds the copied secret. Called after a minute and when the window ends. */
  async clear(): Promise<void> {
    this.#cancelTimer();
    const digest = this.#digest;
    this.#digest = undefined;
    const keyId = this.#keyId;
    if (digest === undefined || keyId === undefined) return;
    const text = await withDeadline('clipboard', vscode.env.clipboard.readText());
    if (digestOf(text) === digest) await withDeadline('clipboard', vscode.env.clipboard.writeText(''));
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
