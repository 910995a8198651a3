/** One amount spent, as it was handed to `spend` or `refund`: the endpoints never touch this. */
export interface LedgerEntry {
  readonly key: string;
  readonly account: string;
  readonly model: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly quota: number;
  readonly tokens: number;
}

/** Which entries to count; times are epoch seconds, inclusive at both ends. */
export interface LedgerFilter {
  key?: string;
  account?: string;
  model?: string;
  from?: number;
  to?: number;
}

/** A sum over entries. */
export interface LedgerSum {
  quota: number;
  requests: number;
  tokens: number;
}

/** The exact truth about what was spent, against which tests hold what the endpoints and the product say. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly refunds: LedgerEntry[] = [];

  /** The sum of what was spent; refunds are not taken off, as gateways do not either. */
  sum(filter: LedgerFilter = {}): LedgerSum {
    return add(this.entries.filter(entry => matches(entry, filter)));
  }

  /** The sums by key, by model, or by day (`YYYY-MM-DD` at an offset from UTC in minutes). */
  by(part: 'key' | 'model' | 'day', filter: LedgerFilter = {}, offsetMinutes = 0): Map<string, LedgerSum> {
    const groups = new Map<string, LedgerEntry[]>();
    for (const entry of this.entries) {
      if (!matches(entry, filter)) continue;
      const name = part === 'day' ? dayOf(entry.at, offsetMinutes) : entry[part];
      const group = groups.get(name);
      if (group) group.push(entry);
      else groups.set(name, [entry]);
    }
    return new Map(
      [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => [name, add(group)]),
    );
  }
}

/** The calendar day of a moment (epoch seconds) at an offset from UTC in minutes. */
export function dayOf(at: number, offsetMinutes: number): string {
  return new Date((at + offsetMinutes * 60) * 1000).toISOString().slice(0, 10);
}

function matches(entry: LedgerEntry, filter: LedgerFilter): boolean {
  return (
    (filter.key === undefined || entry.key === filter.key) &&
    (filter.account === undefined || entry.account === filter.account) &&
    (filter.model === undefined || entry.model === filter.model) &&
    (filter.from === undefined || entry.at >= filter.from) &&
    (filter.to === undefined || entry.at <= filter.to)
  );
}

function add(entries: LedgerEntry[]): LedgerSum {
  const sum = { quota: 0, requests: entries.length, tokens: 0 };
  for (const entry of entries) {
    sum.quota += entry.quota;
    sum.tokens += entry.tokens;
  }
  return sum;
}
