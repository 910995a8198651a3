import { exact } from '../quota/exact.ts';
import type { UsageCell, UsageRow, UsageTimeline, UsageTotal } from './usage.ts';
import { type LineEntry, type Sum, UsageLine, type UsageSumEntry } from './usageLine.ts';

/** The most cells that are kept, so that a log in which each row names another model does not fill the memory. */
export const MAX_CELLS = 200_000;
/** The name that spend beyond it is summed under. */
const OVERFLOW_NAME = '…';

/** What rows are grouped by. */
export type UsageSumPart = 'day' | 'key' | 'model';

/** Sums spend by key, model and time in one pass. Memory grows with the number of cells, not of rows. */
export class UsageSum {
  readonly #step: UsageTimeline['step'];
  /** Lines by key, then model: nested maps need no composed name for each row. */
  readonly #lines = new Map<string, Map<string, UsageLine>>();
  readonly #names = new Map<string, string>();
  #cellCount = 0;

  constructor(step: UsageTimeline['step'] = 'day') {
    this.#step = step;
  }

  add({ day, hour, key, model, raw, requests, tokens }: UsageSumEntry): void {
    const at =
      this.#step === 'hour' && hour !== undefined ? `${day}T${String(hour).padStart(2, '0')}:00` : day;
    const sum = this.#lines.get(key)?.get(model)?.get(at) ?? this.#newCell(key, model, at);
    addTo(sum, raw, requests ?? Number.NaN, tokens ?? Number.NaN);
  }

  /** Adds whole days of one key and model, which is quickest where each is another one, in order. */
  addDays(key: string, model: string, days: readonly LineEntry[]): void {
    if (days.length === 0) return;
    const isRoom = this.#cellCount + days.length <= MAX_CELLS;
    if (isRoom && this.#lineOf(key, model).takeDays(days)) this.#cellCount += days.length;
    else for (const entry of days) this.add({ ...entry, key, model });
  }

  #newCell(key: string, model: string, at: string): Sum {
    const isFull = this.#cellCount >= MAX_CELLS;
    const line = isFull ? this.#lineOf(key && OVERFLOW_NAME, OVERFLOW_NAME) : this.#lineOf(key, model);
    const known = line.get(at);
    if (known) return known;
    this.#cellCount += 1;
    const sum = newSum();
    line.set(this.#intern(at), sum);
    return sum;
  }

  #lineOf(key: string, model: string): UsageLine {
    return getOrCreate(getOrCreate(this.#lines, key, newMap<UsageLine>), model, () => new UsageLine());
  }

  /** Interns a text: rows bring equal texts as copies of their own. */
  #intern(text: string): string {
    return getOrCreate(this.#names, text, () => text);
  }

  /** The total; amounts are raw numbers divided by `perUnit`. */
  total(perUnit: number): UsageTotal {
    const total = newSum();
    this.#forEachLine(line =>
      line.forEach((_at, raw, requests, tokens) => {
        addTo(total, raw, requests, tokens);
      }),
    );
    return toTotal(total, perUnit);
  }

  /** The rows of a part, days in order and all else by spend. */
  rows(part: UsageSumPart, perUnit: number): UsageRow[] {
    const sums = new Map<string, Sum>();
    this.#forEachLine((line, key, model) => {
      const own = part === 'day' ? undefined : getOrCreate(sums, part === 'key' ? key : model, newSum);
      line.forEach((at, raw, requests, tokens) => {
        const sum = own ?? getOrCreate(sums, at.slice(0, DAY_LENGTH), newSum);
        addTo(sum, raw, requests, tokens);
      });
    });
    const rows = [...sums].map(([name, sum]) => ({ name, ...toTotal(sum, perUnit) }));
    return part === 'day'
      ? rows.sort((a, b) => (a.name < b.name ? -1 : 1))
      : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
  }

  /** Every cell, oldest first, then by key and model, in whichever order they came. */
  timeline(perUnit: number): UsageTimeline {
    const byTime = new Map<string, UsageCell[]>();
    forEachInOrder(this.#lines, (models, key) =>
      forEachInOrder(models, (line, model) =>
        line.forEach((at, raw, requests, tokens) => {
          const total = toTotal({ raw, requests, tokens }, perUnit);
          getOrCreate(byTime, at, newList<UsageCell>).push(cellOf(at, key, model, total));
        }),
      ),
    );
    return { step: this.#step, cells: [...byTime.keys()].sort().flatMap(at => byTime.get(at) ?? []) };
  }

  #forEachLine(visit: (line: UsageLine, key: string, model: string) => void): void {
    this.#lines.forEach((models, key) => {
      models.forEach((line, model) => {
        visit(line, key, model);
      });
    });
  }
}

const DAY_LENGTH = '2026-06-01'.length;

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

function newList<T>(): T[] {
  return [];
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
