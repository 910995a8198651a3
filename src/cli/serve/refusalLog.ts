import type { Log } from '../../core/ports/log.ts';
import { MINUTE_MS } from '../../core/time.ts';

const WORDS = {
  missing: 'without a token',
  unknown: 'with a token that is not known',
  'other-kind': 'with a token of the other kind',
} as const;

/**
 * Logs requests that were refused, at most one line of a sort in a minute: since clients decide how many requests there
 * are.
 */
export class RefusalLog {
  readonly #log: Pick<Log, 'warn'>;
  readonly #now: () => number;
  readonly #last = new Map<string, { at: number; more: number }>();

  constructor(log: Pick<Log, 'warn'>, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** `path` is one of the server's own. */
  note(path: string, why: keyof typeof WORDS): void {
    const sort = `${path} ${why}`;
    const last = this.#last.get(sort);
    // A clock that was put back must not keep it quiet for hours.
    if (last && Math.abs(this.#now() - last.at) < MINUTE_MS) {
      last.more++;
      return;
    }
    const more = last && last.more > 0 ? ` (and ${timesText(last.more)} since the line before)` : '';
    this.#log.warn(`A request for ${path} was refused, ${WORDS[why]}${more}.`);
    this.#last.set(sort, { at: this.#now(), more: 0 });
  }
}

function timesText(count: number): string {
  return count === 1 ? 'once more' : `${count} times`;
}
