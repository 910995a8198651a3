import type { Secrets, StoredSecret } from '../../core/ports/secrets.ts';

/** The secrets as they were read at the start, by the ids of their keys. They change with a restart alone. */
export class ConfiguredSecrets implements Secrets {
  readonly #entries: Map<string, StoredSecret>;

  constructor(entries: ReadonlyMap<string, StoredSecret>) {
    this.#entries = new Map(entries);
  }

  async read(id: string): Promise<StoredSecret | 'missing'> {
    return this.#entries.get(id) ?? 'missing';
  }

  async write(id: string, entry: StoredSecret): Promise<void> {
    this.#entries.set(id, entry);
  }

  async remove(id: string): Promise<void> {
    this.#entries.delete(id);
  }

  async ids(): Promise<string[]> {
    return [...this.#entries.keys()];
  }

  onDidChange(): { dispose(): void } {
    return { dispose: () => undefined };
  }
}
