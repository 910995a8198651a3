import type { UsageRow, UsageTotal } from './usage.ts';

interface Sum {
  raw: number;
  requests: number;
  tokens: number;
}

/** What is added to a tally. */
export interface TallyEntry {
  readonly day: string;
  readonly key: string;
  readonly model: string;
  /** In the gateway's raw numbers, so that sums are exact until they are shown. */
  readonly raw: number;
  readonly requests: number;
  readonly tokens: number;
}

export type TallyPart = 'day' | 'key' | 'model';

/** Sums spend by day, key and model in one pass, in as much memory as there are names. */
export class Tally {
  readonly #parts: Readonly<Record<TallyPart, Map<string, Sum>>> = {
    day: new Map(),
    key: new Map(),
    model: new Map(),
  };
  readonly #total: Sum = { raw: 0, requests: 0, tokens: 0 };

  add(entry: TallyEntry): void {
    addTo(this.#total, entry);
    for (const part of ['day', 'key', 'model'] as const) {
      const sums = this.#parts[part];
      let sum = sums.get(entry[part]);
      if (!sum) {
        sum = { raw: 0, requests: 0, tokens: 0 };
        sums.set(entry[part], sum);
      }
      addTo(sum, entry);
    }
  }

  /** The total; amounts are raw numbers divided by `perUnit`. */
  total(perUnit: number): UsageTotal {
    return amounts(this.#total, perUnit);
  }

  /** The rows of a part, days in order and all else by spend. */
  rows(part: TallyPart, perUnit: number): UsageRow[] {
    const rows = [...this.#parts[part]].map(([name, sum]) => ({ name, ...amounts(sum, perUnit) }));
    return part === 'day'
      ? rows.sort((a, b) => a.name.localeCompare(b.name))
      : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
  }
}

function addTo(sum: Sum, { raw, requests, tokens }: Sum): void {
  sum.raw += raw;
  sum.requests += requests;
  sum.tokens += tokens;
}

/** Fifteen digits keep every figure exact and drop the noise of binary division. */
function amounts({ raw, requests, tokens }: Sum, perUnit: number): UsageTotal {
  return { used: Number((raw / perUnit).toPrecision(15)), requests, tokens };
}
