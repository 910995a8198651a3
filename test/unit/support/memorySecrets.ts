import type { SecretStorage } from 'vscode';

/** SecretStorage as VS Code's: asynchronous, and telling of every write, its own too. */
export class MemorySecrets implements SecretStorage {
  readonly entries = new Map<string, string>();
  readonly #listeners = new Set<(event: { key: string }) => void>();
  /** Makes every read fail, as a locked key ring does. */
  locked = false;

  readonly onDidChange = ((listener: (event: { key: string }) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }) as SecretStorage['onDidChange'];

  async keys(): Promise<string[]> {
    return [...this.entries.keys()];
  }

  async get(key: string): Promise<string | undefined> {
    if (this.locked) throw new Error('The key ring is locked.');
    return this.entries.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.entries.set(key, value);
    this.#notify(key);
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
    this.#notify(key);
  }

  #notify(key: string): void {
    for (const listener of this.#listeners) listener({ key });
  }
}
