import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { redactor } from '../http/redact.ts';
import { answered } from './deadline.ts';
import type { Secrets, SecretTrouble } from './secrets.ts';

export interface SecretClipboardParts {
  readonly secrets: Pick<Secrets, 'read'>;
  /** Runs `work` after `ms`; the returned function calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/** Long enough to paste it, short enough that it is not found there tomorrow. */
const SECRET_STAYS_MS = 60_000;

/** Puts secrets on the clipboard, and takes them off again. Whoever asks for it never sees the secret. */
export class SecretClipboard {
  readonly #parts: SecretClipboardParts;
  /** Of what was put there; the secret itself is not kept for this. */
  #digest: string | undefined;
  #callOff: () => void = () => undefined;

  constructor(parts: SecretClipboardParts) {
    this.#parts = parts;
  }

  /** Copies a key's secret for a minute. Returns why there is none to copy, if there is none. */
  async copy(keyId: string): Promise<SecretTrouble | undefined> {
    const entry = await this.#parts.secrets.read(keyId);
    if (typeof entry !== 'object') return entry;
    this.#callOff();
    await answered('clipboard', vscode.env.clipboard.writeText(entry.secret));
    this.#digest = digestOf(entry.secret);
    this.#callOff = this.#parts.after(SECRET_STAYS_MS, () => void this.clear().catch(() => undefined));
    return undefined;
  }

  /** Empties the clipboard if what is on it still is a secret put there; for when time is up, and on the way out. */
  async clear(): Promise<void> {
    this.#callOff();
    const digest = this.#digest;
    this.#digest = undefined;
    if (digest === undefined) return;
    const text = await answered('clipboard', vscode.env.clipboard.readText());
    if (digestOf(text) === digest) await answered('clipboard', vscode.env.clipboard.writeText(''));
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Copies an ordinary text, which a secret is not. */
export async function copyText(text: string): Promise<void> {
  await answered('clipboard', vscode.env.clipboard.writeText(redactor.redact(text)));
}
