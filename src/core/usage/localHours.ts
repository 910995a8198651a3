import { MINUTE_MS } from '../time.ts';
import { localDay } from './range.ts';

/** A local day, and the hour of it, 0 to 23. */
export interface LocalHour {
  readonly day: string;
  readonly hour: number;
}

/** Clocks are changed, and differ from place to place, by whole quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

/** Tells the local hours of moments, and remembers the last one: a log's rows come in the order of their times. */
export class LocalHours {
  #cachedQuarter = Number.NaN;
  #cachedHour: LocalHour = { day: '', hour: 0 };

  /** `ms` are epoch milliseconds. */
  localHourAt(ms: number): LocalHour {
    const quarter = Math.floor(ms / QUARTER_MS);
    if (quarter !== this.#cachedQuarter) {
      this.#cachedHour = { day: localDay(ms), hour: new Date(ms).getHours() };
      this.#cachedQuarter = quarter;
    }
    return this.#cachedHour;
  }
}
