import { exact } from '../quota/exact.ts';
import type { UsageCell, UsageRow, UsageTimeline, UsageTotal } from './usage.ts';

/** NaN stands for what the source did not tell of some part, and so of the whole: adding keeps it. */
interface Sum {
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

/** The most cells that are kept, so that a log in which each row names another model does not fill the memory. */
export const MAX_CELLS = 200_000;
/** The name that spend beyond it is summed under. */
const OVERFLOW_NAME = '…';

/** What rows are grouped by. */
export type UsageSumPart = 'day' | 'key' | 'model';

/** Sums spend by time, key and model in one pass. Memory grows with the number of cells, not of rows. */
export class UsageSum {
  readonly #step: UsageTimeline['step'];
  /** Cells by time, then key, then model: nested maps need no composed name for each row. */
  readonly #cellsByTime = new Map<string, Map<string, Map<string, Sum>>>();
  readonly #names = new Map<string, string>();
  #cellCount = 0;

  constructor(step: UsageTimeline['step'] = 'day') {
    this.#step = step;
  }

  add({ day, hour, key, model, raw, requests, tokens }: UsageSumEntry): void {
    const at =
      this.#step === 'hour' && hour !== undefined ? `${day}T${String(hour).padStart(2, '0')}:00` : day;
    const keys = getOrCreate(this.#cellsByTime, at, newMap<Map<string, Sum>>);
    const sum = keys.get(key)?.get(model) ?? this.#newCell(keys, key, model);
    addTo(sum, raw, requests ?? Number.NaN, tokens ?? Number.NaN);
  }

  #newCell(keys: Map<string, Map<string, Sum>>, key: string, model: string): Sum {
    const isFull = this.#cellCount >= MAX_CELLS;
    const models = getOrCreate(keys, isFull ? key && OVERFLOW_NAME : this.#intern(key), newMap<Sum>);
    return getOrCreate(models, isFull ? OVERFLOW_NAME : this.#intern(model), () => {
      this.#cellCount += 1;
      return newSum();
    });
  }

  /** Interns a text: rows bring equal texts as copies of their own. */
  #intern(text: string): string {
    return getOrCreate(this.#names, text, () => text);
  }

  /** The total; amounts are raw numbers divided by `perUnit`. */
  total(perUnit: number): UsageTotal {
    const total = newSum();
    this.#forEachCell((_at, _key, _model, { raw, requests, tokens }) => addTo(total, raw, requests, tokens));
    return toTotal(total, perUnit);
  }

  /** The rows of a part, days in order and all else by spend. */
  rows(part: UsageSumPart, perUnit: number): UsageRow[] {
    const sums = new Map<string, Sum>();
    this.#forEachCell((at, key, model, { raw, requests, tokens }) => {
      const name = part === 'day' ? at.slice(0, 10) : part === 'key' ? key : model;
      addTo(getOrCreate(sums, name, newSum), raw, requests, tokens);
    });
    const rows = [...sums].map(([name, sum]) => ({ name, ...toTotal(sum, perUnit) }));
    return part === 'day' ? rows : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
  }

  /** Every cell, oldest first, then by key and model, in whichever order they came. */
  timeline(perUnit: number): UsageTimeline {
    const cells: UsageCell[] = [];
    forEachInOrder(this.#cellsByTime, (keys, at) =>
      forEachInOrder(keys, (models, key) =>
        forEachInOrder(models, (sum, model) => cells.push(cellOf(at, key, model, toTotal(sum, perUnit)))),
      ),
    );
    return { step: this.#step, cells };
  }

  /** Oldest first. */
  #forEachCell(visit: (at: string, key: string, model: string, sum: Readonly<Sum>) => void): void {
    for (const at of [...this.#cellsByTime.keys()].sort()) {
      this.#cellsByTime.get(at)?.forEach((models, key) => {
        models.forEach((sum, model) => {
          visit(at, key, model, sum);
        });
      });
    }
  }
}

/** Visits the values of a map in the order of their names. */
function forEachInOrder<T>(map: ReadonlyMap<string, T>, visit: (value: T, name: string) => unknown): void {
  for (const name of [...map.keys()].sort()) {
    const value = map.get(name);
    if (value !== undefined) visit(value, name);
  }
}

/** Without the names that are empty. There may be tens of thousands of cells, so no object is made for each part. */
function cellOf(at: string, key: string, model: string, total: UsageTotal): UsageCell {
  if (key === '') return model === '' ? { at, ...total } : { at, model, ...total };
  return model === '' ? { at, key, ...total } : { at, key, model, ...total };
}

/** The value under a name, created where there is none. */
function getOrCreate<T>(map: Map<string, T>, name: string, make: () => T): T {
  const existing = map.get(name);
  if (existing !== undefined) return existing;
  const created = make();
  map.set(name, created);
  return created;
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

function toTotal({ raw, requests, tokens }: Sum, perUnit: number): UsageTotal {
  const used = exact(raw / perUnit);
  if (Number.isNaN(requests)) return Number.isNaN(tokens) ? { used } : { used, tokens };
  return Number.isNaN(tokens) ? { used, requests } : { used, requests, tokens };
}
