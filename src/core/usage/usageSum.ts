import { exact } from '../quota/exact.ts';
import type { UsageCell, UsageRow, UsageTimeline, UsageTotal } from './usage.ts';

interface Sum {
  raw: number;
  requests: number;
  tokens: number;
}

/** What is added to a tally. */
export interface UsageSumEntry {
  /** `2026-06-01` */
  readonly day: string;
  /** The hour of that day, 0 to 23, where the source knows it. */
  readonly hour?: number;
  readonly key: string;
  readonly model: string;
  /** In the gateway's raw numbers, so that sums are exact until they are shown. */
  readonly raw: number;
  readonly requests: number;
  readonly tokens: number;
}

/** Far above what any account has; a log in which each row names another model would fill the memory. */
export const MOST_CELLS = 200_000;
/** What everything beyond it is summed under. */
const MORE = '…';

export type UsageSumPart = 'day' | 'key' | 'model';

/** Sums spend by time, key and model in one pass, in as much memory as there are cells and not rows. */
export class UsageSum {
  readonly #step: UsageTimeline['step'];
  /** By time, within it by key, within that by model: no row makes a name for its cell, and no cell keeps one. */
  readonly #times = new Map<string, Map<string, Map<string, Sum>>>();
  readonly #names = new Map<string, string>();
  #cells = 0;

  constructor(step: UsageTimeline['step'] = 'day') {
    this.#step = step;
  }

  add({ day, hour, key, model, raw, requests, tokens }: UsageSumEntry): void {
    const at =
      this.#step === 'hour' && hour !== undefined ? `${day}T${String(hour).padStart(2, '0')}:00` : day;
    const keys = within(this.#times, at, newMap<Map<string, Sum>>);
    const sum = keys.get(key)?.get(model) ?? this.#newCell(keys, key, model);
    addTo(sum, raw, requests, tokens);
  }

  #newCell(keys: Map<string, Map<string, Sum>>, key: string, model: string): Sum {
    const isFull = this.#cells >= MOST_CELLS;
    const models = within(keys, isFull ? key && MORE : this.#one(key), newMap<Sum>);
    return within(models, isFull ? MORE : this.#one(model), () => {
      this.#cells += 1;
      return newSum();
    });
  }

  /** One copy of a text for all cells: rows bring theirs anew, and there are as many as rows. */
  #one(text: string): string {
    return within(this.#names, text, () => text);
  }

  /** The total; amounts are raw numbers divided by `perUnit`. */
  total(perUnit: number): UsageTotal {
    const total = newSum();
    this.#each((_at, _key, _model, { raw, requests, tokens }) => addTo(total, raw, requests, tokens));
    return amounts(total, perUnit);
  }

  /** The rows of a part, days in order and all else by spend. */
  rows(part: UsageSumPart, perUnit: number): UsageRow[] {
    const sums = new Map<string, Sum>();
    this.#each((at, key, model, { raw, requests, tokens }) => {
      const name = part === 'day' ? at.slice(0, 10) : part === 'key' ? key : model;
      addTo(within(sums, name, newSum), raw, requests, tokens);
    });
    const rows = [...sums].map(([name, sum]) => ({ name, ...amounts(sum, perUnit) }));
    return part === 'day' ? rows : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
  }

  /** Every cell, oldest first, for a chart that stacks keys or models over time. */
  timeline(perUnit: number): UsageTimeline {
    const cells: UsageCell[] = [];
    this.#each((at, key, model, sum) => {
      cells.push({ at, ...(key && { key }), ...(model && { model }), ...amounts(sum, perUnit) });
    });
    return { step: this.#step, cells };
  }

  /** Oldest first. */
  #each(visit: (at: string, key: string, model: string, sum: Readonly<Sum>) => void): void {
    for (const at of [...this.#times.keys()].sort()) {
      this.#times.get(at)?.forEach((models, key) => {
        models.forEach((sum, model) => {
          visit(at, key, model, sum);
        });
      });
    }
  }
}

/** What a map holds under a name, made when there is nothing yet. */
function within<T>(map: Map<string, T>, name: string, make: () => T): T {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made = make();
  map.set(name, made);
  return made;
}

function newMap<T>(): Map<string, T> {
  return new Map();
}

function newSum(): Sum {
  return { raw: 0, requests: 0, tokens: 0 };
}

function addTo(sum: Sum, raw: number, requests: number, tokens: number): void {
  sum.raw += raw;
  sum.requests += requests;
  sum.tokens += tokens;
}

function amounts({ raw, requests, tokens }: Sum, perUnit: number): UsageTotal {
  return { used: exact(raw / perUnit), requests, tokens };
}
