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

/** What was spent under one key and model, by time. */
type Line = Map<string, Sum>;

/** Sums spend by key, model and time in one pass. Memory grows with the number of cells, not of rows. */
export class UsageSum {
  readonly #step: UsageTimeline['step'];
  /** Lines by key, then model: nested maps need no composed name for each row. */
  readonly #lines = new Map<string, Map<string, Line>>();
  readonly #times = new Map<string, string>();
  #cellCount = 0;

  constructor(step: UsageTimeline['step'] = 'day') {
    this.#step = step;
  }

  add(entry: UsageSumEntry): void {
    this.addLine(entry.key, entry.model, [entry]);
  }

  /** Adds entries of one key and model, which is quicker than one at a time. */
  addLine(key: string, model: string, entries: Iterable<Omit<UsageSumEntry, 'key' | 'model'>>): void {
    let line = this.#lines.get(key)?.get(model);
    for (const { day, hour, raw, requests, tokens } of entries) {
      const at =
        this.#step === 'hour' && hour !== undefined ? `${day}T${String(hour).padStart(2, '0')}:00` : day;
      let sum = line?.get(at);
      if (!sum) {
        sum = this.#newCell(line, key, model, at);
        line ??= this.#lines.get(key)?.get(model);
      }
      addTo(sum, raw, requests ?? Number.NaN, tokens ?? Number.NaN);
    }
  }

  /** `known` is the line of this key and model, where there is one. */
  #newCell(known: Line | undefined, key: string, model: string, at: string): Sum {
    const isFull = this.#cellCount >= MAX_CELLS;
    const line =
      (!isFull && known) || this.#lineOf(isFull ? key && OVERFLOW_NAME : key, isFull ? OVERFLOW_NAME : model);
    const before = line.get(at);
    if (before) return before;
    this.#cellCount += 1;
    const sum = newSum();
    // Entries bring equal times as copies of their own.
    line.set(
      getOrCreate(this.#times, at, () => at),
      sum,
    );
    return sum;
  }

  #lineOf(key: string, model: string): Line {
    return getOrCreate(getOrCreate(this.#lines, key, newMap<Line>), model, newMap<Sum>);
  }

  /** The total; amounts are raw numbers divided by `perUnit`. */
  total(perUnit: number): UsageTotal {
    const total = newSum();
    this.#forEachLine(line => {
      for (const sum of line.values()) addSum(total, sum);
    });
    return toTotal(total, perUnit);
  }

  /** The rows of a part, days in order and all else by spend. */
  rows(part: UsageSumPart, perUnit: number): UsageRow[] {
    const sums = part === 'day' ? this.#sumsByDay() : this.#sumsByName(part);
    const rows = [...sums].map(([name, sum]) => ({ name, ...toTotal(sum, perUnit) }));
    return part === 'day' ? rows : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
  }

  /** Every cell, oldest first, then by key and model, in whichever order they came. */
  timeline(perUnit: number): UsageTimeline {
    const byTime = new Map<string, UsageCell[]>();
    for (const at of [...this.#times.keys()].sort()) byTime.set(at, []);
    forEachInOrder(this.#lines, (models, key) =>
      forEachInOrder(models, (line, model) => {
        for (const [at, sum] of line) byTime.get(at)?.push(cellOf(at, key, model, toTotal(sum, perUnit)));
      }),
    );
    return { step: this.#step, cells: [...byTime.values()].flat() };
  }

  #sumsByDay(): Map<string, Sum> {
    const sums = new Map<string, Sum>();
    for (const at of [...this.#times.keys()].sort()) getOrCreate(sums, at.slice(0, DAY_LENGTH), newSum);
    this.#forEachLine(line => {
      for (const [at, sum] of line) addSum(getOrCreate(sums, at.slice(0, DAY_LENGTH), newSum), sum);
    });
    return sums;
  }

  #sumsByName(part: 'key' | 'model'): Map<string, Sum> {
    const sums = new Map<string, Sum>();
    this.#forEachLine((line, key, model) => {
      const own = getOrCreate(sums, part === 'key' ? key : model, newSum);
      for (const sum of line.values()) addSum(own, sum);
    });
    return sums;
  }

  #forEachLine(visit: (line: Line, key: string, model: string) => void): void {
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

function newSum(): Sum {
  return { raw: 0, requests: 0, tokens: 0 };
}

function addSum(sum: Sum, { raw, requests, tokens }: Sum): void {
  addTo(sum, raw, requests, tokens);
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
