import type { Clock } from '../../core/ports/clock.ts';
import { type Failure, failed, GatewayError } from '../../core/quota/failure.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { WebhookMessage } from '../../core/warnings/webhookMessage.ts';
import type { Transport } from '../../http/transport.ts';
import { isRefusedInBody, webhookBody } from './webhookForms.ts';

/** The outcome of a message. `none`: there is no webhook any more, or the window is closing. */
export type WebhookOutcome =
  | { readonly type: 'sent' | 'none' | 'redirected' | 'refused' }
  | { readonly type: 'status'; readonly status: number }
  | { readonly type: 'failed'; readonly failure: Failure };

export interface WebhookDeliveryParts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The address as it is stored now; undefined without one. */
  readonly address: () => Promise<URL | undefined>;
}

/** The pauses before each further try. */
const RETRY_AFTER_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS];

/** Posts messages to the webhook. Nothing of an answer is passed on but its status. */
export class WebhookDelivery {
  readonly #parts: WebhookDeliveryParts;
  readonly #closing = new AbortController();

  constructor(parts: WebhookDeliveryParts) {
    this.#parts = parts;
  }

  /** Posts a message, and again after a failure that may pass. */
  async send(message: WebhookMessage): Promise<WebhookOutcome> {
    let outcome = await this.sendOnce(message);
    for (const ms of RETRY_AFTER_MS) {
      if (!mayPass(outcome)) return outcome;
      await this.#pause(ms);
      outcome = await this.sendOnce(message);
    }
    return outcome;
  }

  async sendOnce(message: WebhookMessage): Promise<WebhookOutcome> {
    const { transport, address } = this.#parts;
    const url = this.#closing.signal.aborted ? undefined : await address();
    if (!url) return { type: 'none' };
    try {
      const { status, text } = await transport({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: webhookBody(url, message),
        beforeExtraCall: refuseRedirect,
        signal: this.#closing.signal,
        hidePath: true,
      });
      if (status >= 300) return { type: 'status', status };
      return { type: isRefusedInBody(url, text) ? 'refused' : 'sent' };
    } catch (error) {
      if (this.#closing.signal.aborted) return { type: 'none' };
      const failure =
        error instanceof GatewayError ? error.failure : failed('unexpected', 'internal').failure;
      return REDIRECTS.has(failure.reason) ? { type: 'redirected' } : { type: 'failed', failure };
    }
  }

  /** Ends all tries: a window that closes waits for none. */
  dispose(): void {
    this.#closing.abort();
  }

  #pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const cancel = this.#parts.clock.after(ms, resolve);
      this.#closing.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }
}

const REDIRECTS: ReadonlySet<string> = new Set([
  'redirected',
  'redirect-loop',
  'other-page',
  'https-instead',
]);

/** Redirects are refused even within the origin: whoever moves a webhook has to enter the new address. */
function refuseRedirect(): never {
  throw failed('unexpected', 'redirected');
}

function mayPass(outcome: WebhookOutcome): boolean {
  if (outcome.type === 'status')
    return outcome.status === 408 || outcome.status === 429 || outcome.status >= 500;
  return outcome.type === 'failed' && outcome.failure.class === 'transient';
}
