import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Log } from '../../../core/ports/log.ts';
import { HOUR_MS, SECOND_MS } from '../../../core/time.ts';
import type { Transport } from '../../../http/transport.ts';
import type { OtlpSettings } from '../../configuration/otlpSettings.ts';
import type { Measured } from '../metrics/family.ts';
import { OTLP_TYPE, otlpRequest } from './otlpMessages.ts';
import { answerTrouble, connectionTrouble, type PushTrouble } from './pushTrouble.ts';

export interface OtlpPushParts {
  readonly settings: OtlpSettings;
  /** Undefined while nothing is known of any key, because the database cannot be read. */
  readonly measure: () => Measured | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

const compressed = promisify(gzip);
/** The longest `Retry-After` that is honored. */
const MAX_WAIT_MS = HOUR_MS;

/**
 * Pushes all metrics to a collector at intervals. A failed push is not repeated: the next one has newer figures.
 * Nothing else waits for it, and each trouble is logged once until a push succeeds.
 */
export class OtlpPush {
  readonly #parts: OtlpPushParts;
  readonly #since: number;
  readonly #ended = new AbortController();
  #cancel: () => void = () => undefined;
  /** Sentences of troubles that were logged since the last push that arrived. */
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
    const waitMs = Math.max(settings.intervalMs, Math.min(trouble?.retryAfterMs ?? 0, MAX_WAIT_MS));
    this.#cancel = clock.after(waitMs, this.run);
    if (trouble === undefined) {
      if (this.#said.size > 0) log.info(`Metrics reach ${origin} again.`);
      this.#said.clear();
    } else if (!this.#said.has(trouble.sentence)) {
      this.#said.add(trouble.sentence);
      const again = waitMs > settings.intervalMs ? ` in ${Math.ceil(waitMs / SECOND_MS)} s` : this.#interval;
      log.warn(`Metrics do not reach ${origin}: ${trouble.sentence} It is tried again${again}.`);
    }
  };

  dispose(): void {
    this.#ended.abort();
    this.#cancel();
  }

  get #interval(): string {
    return ` every ${this.#parts.settings.intervalMs / SECOND_MS} s`;
  }

  /** What went wrong, if anything did. */
  async #push(): Promise<PushTrouble | undefined> {
    const { settings, measure, transport } = this.#parts;
    try {
      const measured = measure();
      // Without any key, alerts would end, and a receiver would take the keys for gone.
      if (!measured) return { sentence: 'The database cannot be read yet, so that nothing is pushed.' };
      const request = otlpRequest(measured, settings.resource, this.#since);
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
      return { sentence: connectionTrouble(error) };
    }
  }
}
