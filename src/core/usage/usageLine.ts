/** NaN where the source did not tell a part, so that the sum is not known either: adding to NaN keeps it. */
export interface Sum {
  raw: number;
  requests: number;
  tokens: number;
}

/** One entry of a sum. */
export interface UsageSumEntry {
  /** `2026-06-01` */
  readonly day: string;
  /** The hour of that day, 0 to 23, where the source knows it. */
  readonly hour?: number;
  readonly key: string;
  readonly model: string;
  /** In the gateway's raw units, so that sums are exact until they are converted. */
  readonly raw: number;
  /** Undefined where the source does not tell, which is not 0. */
  readonly requests: number | undefined;
  readonly tokens: number | undefined;
}

/** An entry without its key and model, which a line has in common. */
export type LineEntry = Omit<UsageSumEntry, 'key' | 'model'>;

type Visit = (at: string, raw: number, requests: number, tokens: number) => void;

/** What was spent under one key and model, by time. */
export class UsageLine {
  /** Whole days, kept as they came while nothing is to be added to one of them: a copy of each would take long. */
  #days: readonly LineEntry[] = [];
  readonly #sums = new Map<string, Sum>();

  /** Takes days that follow each other, if it has none yet. Returns whether it did. */
  takeDays(days: readonly LineEntry[]): boolean {
    if (this.#days.length > 0 || this.#sums.size > 0 || !isInOrder(days)) return false;
    this.#days = days;
    return true;
  }

  get(at: string): Sum | undefined {
    const [first, last] = [this.#days[0], this.#days.at(-1)];
    if (first && last && at >= first.day && at <= last.day) this.#copyDays();
    return this.#sums.get(at);
  }

  set(at: string, sum: Sum): void {
    this.#sums.set(at, sum);
  }

  forEach(visit: Visit): void {
    for (const { day, raw, requests, tokens } of this.#days)
      visit(day, raw, requests ?? Number.NaN, tokens ?? Number.NaN);
    for (const [at, { raw, requests, tokens }] of this.#sums) visit(at, raw, requests, tokens);
  }

  #copyDays(): void {
    const days = this.#days;
    this.#days = [];
    for (const { day, raw, requests = Number.NaN, tokens = Number.NaN } of days)
      this.#sums.set(day, { raw, requests, tokens });
  }
}

function isInOrder(days: readonly LineEntry[]): boolean {
  return days.every(({ day }, index) => index === 0 || (days[index - 1]?.day ?? '') < day);
}
