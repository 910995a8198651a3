import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { SecretStorage } from 'vscode';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Warning } from '../../core/warnings/warning.ts';
import { type WebhookMessage, webhookMessage } from '../../core/warnings/webhookMessage.ts';
import type { Transport } from '../../http/transport.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { WebhookDelivery, type WebhookOutcome } from '../../services/warnings/webhookDelivery.ts';
import { withFigures } from '../../text/hiddenFigures.ts';
import { showWarning } from '../host/messages.ts';
import { runOwnCommand } from '../host/ownCommand.ts';
import { StoredWebhook } from '../host/storedWebhook.ts';
import { areWebhookNamesAllowed } from '../host/warningSettings.ts';
import { worstFirst } from './warningText.ts';
import { outcomeText, webhookText } from './webhookText.ts';

export interface WebhookParts {
  readonly storage: SecretStorage;
  readonly redactor: Redactor;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

const DIGEST_LENGTH = 16;

/** The user's webhook: what this window warns about is posted to it as well. */
export class Webhook {
  readonly #parts: WebhookParts;
  readonly #stored: StoredWebhook;
  readonly #delivery: WebhookDelivery;
  /** Whether a failed delivery was reported: it is not reported again until one succeeds. */
  #isTold = false;

  constructor(parts: WebhookParts) {
    const { storage, redactor, transport, clock } = parts;
    this.#parts = parts;
    this.#stored = new StoredWebhook(storage, redactor);
    this.#delivery = new WebhookDelivery({ transport, clock, address: () => this.#stored.read() });
  }

  /** The host of its address, which is no secret; undefined without a webhook. */
  async host(): Promise<string | undefined> {
    return (await this.#stored.read())?.host;
  }

  async set(url: URL): Promise<void> {
    await this.#stored.write(url);
    this.#isTold = false;
  }

  remove(): Promise<void> {
    return this.#stored.remove();
  }

  /** Posts warnings, with further tries. A failure is reported once, in the log and as a notification. */
  async tell(warnings: readonly Warning[]): Promise<void> {
    const url = await this.#stored.read();
    if (!url) return;
    const trouble = outcomeText(await this.#delivery.send(this.#messageFor(warnings)), url.origin);
    const isNew = trouble !== undefined && !this.#isTold;
    this.#isTold = trouble !== undefined;
    if (!isNew) return;
    this.#parts.log.warn(`A warning could not be posted to the webhook: ${trouble}`);
    const set = l10n.t('Set Webhook…');
    const pressed = await showWarning(l10n.t('Warnings do not reach your webhook. {0}', trouble), set);
    if (pressed === set) await runOwnCommand('keyQuota.setWebhook');
  }

  /** Posts a test message once → what went wrong, as a sentence. */
  async test(): Promise<string | undefined> {
    const url = await this.#stored.read();
    if (!url) return l10n.t('No webhook is set.');
    const outcome: WebhookOutcome = await this.#delivery.sendOnce(this.#messageFor([]));
    return outcomeText(outcome, url.origin);
  }

  dispose(): void {
    this.#delivery.dispose();
  }

  #messageFor(all: readonly Warning[]): WebhookMessage {
    const names = areWebhookNamesAllowed();
    const now = this.#parts.clock.now();
    const warnings = worstFirst(all, now);
    const text =
      warnings.length === 0
        ? `Key Quota: ${l10n.t('This is a test. Warnings will look like this.')}`
        : // Nobody sees it on this screen.
          withFigures(() => webhookText(warnings, names, now));
    return this.#parts.redactor.redactValue(webhookMessage({ warnings, text, names, digest }, now));
  }
}

function digest(keyId: string): string {
  return createHash('sha256').update(`key-quota webhook ${keyId}`).digest('hex').slice(0, DIGEST_LENGTH);
}
