import { exact } from './exact.ts';
import type { UsageCell, UsageRow, UsageTimeline, UsageTotal } from './usage.ts';

interface Sum {
  raw: number;
  requests: number;
  tokens: number;
}

interface Cell extends Sum {
  readonly at: string;
  readonly key: string;
  readonly model: string;
}

/** What is added to a tally. */
export interface TallyEntry {
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

export type TallyPart = 'day' | 'key' | 'model';

/** Sums spend by time, key and model in one pass, in as much memory as there are cells and not rows. */
export class Tally {
  readonly #step: UsageTimeline['step'];
  readonly #cells = new Map<string, Cell>();
  readonly #names = new Map<string, string>();

  constructor(step: UsageTimeline['step'] = 'day') {
    this.#step = step;
  }

  add({ day, hour, key, model, raw, requests, tokens }: TallyEntry): void {
    const at =
      this.#step === 'hour' && hour !== undefined ? `${day}T${String(hour).padStart(2, '0')}:00` : day;
    const name = `${at}\n${key}\n${model}`;
    const cell = this.#cells.get(name);
    if (!cell) {
      const names = { at: this.#one(at), key: this.#one(key), model: this.#one(model) };
      this.#cells.set(name, { ...names, raw, requests, tokens });
      return;
    }
    cell.raw += raw;
    cell.requests += requests;
    cell.tokens += tokens;
  }

  /** One copy of a text for all cells: rows bring theirs anew, and there are as many as rows. */
  #one(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    this.#names.set(text, text);
    return text;
  }

  /** The total; amounts are raw numbers divided by `perUnit`. */
  total(perUnit: number): UsageTotal {
    const sum: Sum = { raw: 0, requests: 0, tokens: 0 };
    for (const cell of this.#cells.values()) addTo(sum, cell);
    return amounts(sum, perUnit);
  }

  /** The rows of a part, days in order and all else by spend. */
  rows(part: TallyPart, perUnit: number): UsageRow[] {
    const sums = new Map<string, Sum>();
    for (const cell of this.#cells.values()) {
      const name = part === 'day' ? cell.at.slice(0, 10) : cell[part];
      const sum = sums.get(name) ?? { raw: 0, requests: 0, tokens: 0 };
      sums.set(name, addTo(sum, cell));
    }
    const rows = [...sums].map(([name, sum]) => ({ name, ...amounts(sum, perUnit) }));
    return part === 'day'
      ? rows.sort((a, b) => a.name.localeCompare(b.name))
      : rows.sort((a, b) => b.used - a.used || a.name.localeCompare(b.name));
  }

  /** Every cell, oldest first, for a chart that stacks keys or models over time. */
  timeline(perUnit: number): UsageTimeline {
    const cells: UsageCell[] = [...this.#cells.values()]
      .sort((a, b) => a.at.localeCompare(b.at))
      .map(({ at, key, model, ...sum }) => ({
        at,
        ...(key && { key }),
        ...(model && { model }),
        ...amounts(sum, perUnit),
      }));
    return { step: this.#step, cells };
  }
}

function addTo(sum: Sum, { raw, requests, tokens }: Sum): Sum {
  sum.raw += raw;
  sum.requests += requests;
  sum.tokens += tokens;
  return sum;
}

function amounts({ raw, requests, tokens }: Sum, perUnit: number): UsageTotal {
  return { used: exact(raw / perUnit), requests, tokens };
}
