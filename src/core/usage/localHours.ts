import { QUARTER_MS } from '../time.ts';
import { localDay } from './range.ts';

/** A local day, and the hour of it, 0 to 23. */
export interface LocalHour {
  readonly day: string;
  readonly hour: number;
}

/**
 * Converts moments to local hours, and caches the last result: rows of a log come in the order of their
 * times.
 */
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
