import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Log } from '../../../core/ports/log.ts';
import { SECOND_MS } from '../../../core/time.ts';
import type { Transport } from '../../../http/transport.ts';
import type { OtlpSettings } from '../../configuration/otlpSettings.ts';
import type { Measured } from '../metrics/family.ts';
import { OTLP_TYPE, otlpRequest } from './otlpMessages.ts';
import { answerTrouble, connectionTrouble } from './pushTrouble.ts';

export interface OtlpPushParts {
  readonly settings: OtlpSettings;
  readonly measure: () => Measured;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

const compressed = promisify(gzip);

/**
 * Pushes all metrics to a collector, again and again. What did not arrive is not sent later: the next push has newer
 * figures. Nothing else waits for it, and nothing that goes wrong with it is said twice before it works again.
 */
export class OtlpPush {
  readonly #parts: OtlpPushParts;
  readonly #since: number;
  readonly #ended = new AbortController();
  #cancel: () => void = () => undefined;
  /** What went wrong since a push arrived, each in its sentence. */
  readonly #said = new Set<string>();

  constructor(parts: OtlpPushParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
    const { settings, log } = parts;
    log.info(`Metrics are pushed to ${settings.endpoint.origin}${this.#interval}.`);
  }

  /** Pushes now, and from then on after each interval. */
  readonly run = async (): Promise<void> => {
    const { settings, clock, log } = this.#parts;
    const { origin } = settings.endpoint;
    const trouble = await this.#push();
    if (this.#ended.signal.aborted) return;
    this.#cancel = clock.after(settings.intervalMs, this.run);
    if (trouble === undefined) {
      if (this.#said.size > 0) log.info(`Metrics reach ${origin} again.`);
      this.#said.clear();
    } else if (!this.#said.has(trouble)) {
      this.#said.add(trouble);
      log.warn(`Metrics do not reach ${origin}: ${trouble} It is tried again${this.#interval}.`);
    }
  };

  dispose(): void {
    this.#ended.abort();
    this.#cancel();
  }

  get #interval(): string {
    return ` every ${this.#parts.settings.intervalMs / SECOND_MS} s`;
  }

  /** A sentence for what went wrong, if anything did. */
  async #push(): Promise<string | undefined> {
    const { settings, measure, transport } = this.#parts;
    try {
      const request = otlpRequest(measure(), settings.resource, this.#since);
      return answerTrouble(
        await transport({
          url: settings.endpoint,
          method: 'POST',
          headers: {
            ...settings.headers,
            accept: OTLP_TYPE,
            'content-type': OTLP_TYPE,
            ...(settings.isCompressed && { 'content-encoding': 'gzip' }),
          },
          body: settings.isCompressed ? await compressed(request) : request,
          signal: this.#ended.signal,
        }),
      );
    } catch (error) {
      return connectionTrouble(error);
    }
  }
}
