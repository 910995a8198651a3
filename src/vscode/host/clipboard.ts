import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Secrets, SecretTrouble } from '../../core/ports/secrets.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import { withDeadline } from '../../services/deadline.ts';

export interface SecretClipboardParts {
  readonly secrets: Pick<Secrets, 'read'>;
  /** Runs `work` after `ms`; the returned function calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly now: () => number;
  /** What outlives this window, so that a secret does not: a window may end without being asked. */
  readonly left: CopiedSecrets;
}

/** Digests of secrets that are on the clipboard, by key. */
export interface CopiedSecrets {
  copiedSecrets(): readonly { readonly keyId: string; readonly mark: string }[];
  saveCopied(keyId: string, mark: string): void;
  removeCopied(keyId: string): void;
}

/** Long enough to paste it, short enough that it is not found there tomorrow. */
const SECRET_STAYS_MS = MINUTE_MS;

/** Puts secrets on the clipboard, and takes them off again. Whoever asks for it never sees the secret. */
export class SecretClipboard {
  readonly #parts: SecretClipboardParts;
  /** Of what was put there; the secret itself is not kept for this. */
  #digest: string | undefined;
  #keyId: string | undefined;
  #callOff: () => void = () => undefined;

  constructor(parts: SecretClipboardParts) {
    this.#parts = parts;
  }

  /** Copies a key's secret for a minute. Returns why there is none to copy, if there is none. */
  async copy(keyId: string): Promise<SecretTrouble | undefined> {
    const entry = await this.#parts.secrets.read(keyId);
    if (typeof entry !== 'object') return entry;
    this.#callOff();
    await withDeadline('clipboard', vscode.env.clipboard.writeText(entry.secret));
    this.#keep(keyId, digestOf(entry.secret), this.#parts.now() + SECRET_STAYS_MS);
    return undefined;
  }

  /** Sees to what another window left behind: it is taken off when its minute is over. */
  clearAfterOtherWindow(): void {
    for (const { keyId, mark } of this.#parts.left.copiedSecrets()) {
      const [until = '', digest = ''] = mark.split(' ');
      this.#keep(keyId, digest, Math.min(Number(until) || 0, this.#parts.now() + SECRET_STAYS_MS));
    }
  }

  #keep(keyId: string, digest: string, until: number): void {
    this.#callOff();
    this.#digest = digest;
    this.#keyId = keyId;
    this.#parts.left.saveCopied(keyId, `${until} ${digest}`);
    const ms = Math.max(0, until - this.#parts.now());
    this.#callOff = this.#parts.after(ms, () => void this.clear().catch(() => undefined));
  }

  /** Empties the clipboard if what is on it still is a secret put there; for when time is up, and on the way out. */
  async clear(): Promise<void> {
    this.#callOff();
    const digest = this.#digest;
    this.#digest = undefined;
    const keyId = this.#keyId;
    if (digest === undefined || keyId === undefined) return;
    const text = await withDeadline('clipboard', vscode.env.clipboard.readText());
    if (digestOf(text) === digest) await withDeadline('clipboard', vscode.env.clipboard.writeText(''));
    this.#parts.left.removeCopied(keyId);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Copies an ordinary text, which a secret is not. */
export async function copyText(text: string): Promise<void> {
  await withDeadline('clipboard', vscode.env.clipboard.writeText(redactor.redact(text)));
}
