import type { SecretStorage } from 'vscode';
import { parseWebhookAddress, secretPartsOf } from '../../core/input/webhookAddress.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { withDeadline } from '../../services/deadline.ts';

const NAME = 'webhook';

/** The address of the webhook, which is a secret: in SecretStorage alone, and taken out of every text. */
export class StoredWebhook {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;

  constructor(storage: SecretStorage, redactor: Redactor) {
    this.#storage = storage;
    this.#redactor = redactor;
  }

  /** Not cached, since it is seldom needed and another window may have changed it. Undefined when there is none. */
  async read(): Promise<URL | undefined> {
    const text = await withDeadline('secretStorage', this.#storage.get(NAME));
    const parsed = text === undefined ? undefined : parseWebhookAddress(text);
    if (!parsed || !('url' in parsed)) return undefined;
    this.#protect(parsed.url);
    return parsed.url;
  }

  async write(url: URL): Promise<void> {
    this.#protect(url);
    await withDeadline('secretStorage', this.#storage.store(NAME, url.href));
  }

  async remove(): Promise<void> {
    await withDeadline('secretStorage', this.#storage.delete(NAME));
  }

  #protect(url: URL): void {
    for (const part of secretPartsOf(url)) this.#redactor.protect(part);
  }
}
