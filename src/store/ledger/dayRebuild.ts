import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { zoneId } from '../../core/ledger/zoneId.ts';
import { QUARTER_S } from '../../core/time.ts';
import { numbered } from '../numbered.ts';
import type { Period } from './periodSums.ts';

/** About how many cells are read in one step, which takes a few milliseconds. */
const MOST_CELLS = 6000;
const MOST_DAYS = 32;
/** Stands between a zone and the first day that is not made of it yet. */
const UNTIL = ' until ';

const LINES = 'spend_series AS series CROSS JOIN spend_lines AS line ON series_no = series.no';

/**
 * In which zone a key's days are, and the steps in which they are rebuilt after that has changed: an account can have
 * more than a million cells, and nothing else must wait for it.
 */
export class DayRebuild {
  readonly #zoneOf: StatementSync;
  readonly #saveZone: StatementSync;
  readonly #dropZone: StatementSync;
  readonly #ends: StatementSync;
  readonly #count: StatementSync;

  constructor(database: DatabaseSync) {
    this.#zoneOf = database.prepare('SELECT zone FROM spend_zones WHERE key_no = ?');
    this.#saveZone = database.prepare(
      'INSERT INTO spend_zones (key_no, zone) VALUES (?, ?) ON CONFLICT DO UPDATE SET zone = excluded.zone',
    );
    this.#dropZone = database.prepare('DELETE FROM spend_zones WHERE key_no = ?');
    const end = (what: string, table: string) =>
      `${what}((SELECT ${what}(at) FROM ${table} WHERE line_no = line.no))`;
    this.#ends = database.prepare(
      `SELECT ${end('min', 'spend_quarters')}, ${end('max', 'spend_quarters')}, ${end('min', 'spend_sums')},
         max((SELECT until FROM spend_sums WHERE line_no = line.no ORDER BY at DESC LIMIT 1)),
         ${end('min', 'spend_days')}, ${end('max', 'spend_days')} FROM ${LINES} WHERE key_no = ?`,
    );
    const within = (table: string, first: string, end: string) =>
      `SELECT 1 FROM ${LINES} CROSS JOIN ${table} ON line_no = line.no
       WHERE key_no = ?1 AND at >= ${first} AND at < ${end}`;
    // Counts up to the bound only: an exact count would take long and does not matter.
    this.#count = database.prepare(
      `SELECT count(*) FROM (${within('spend_quarters', '?2', '?3')}
       UNION ALL ${within('spend_sums', '?4', '?5')} LIMIT ${MOST_CELLS + 1})`,
    );
    for (const statement of [this.#ends, this.#count]) statement.setReturnArrays(true);
  }

  /** Whether a key's days are those of another zone, or not all made yet. */
  isStale(keyNo: number): boolean {
    return this.#zoneOf.get(keyNo)?.zone !== zoneId();
  }

  /** The first day that is not made of the present zone yet; undefined where none is, or all are. */
  madeUntil(keyNo: number): number | undefined {
    const zone = String(this.#zoneOf.get(keyNo)?.zone ?? '');
    const begin = `${zoneId()}${UNTIL}`;
    return zone.startsWith(begin) ? Number(zone.slice(begin.length)) : undefined;
  }

  /** The days of the next step; undefined where there is none. */
  nextStep(keyNo: number): (Period & { readonly isLast: boolean }) | undefined {
    const all = this.#allDays(keyNo);
    const first = Math.max(this.madeUntil(keyNo) ?? Number.NEGATIVE_INFINITY, all?.first ?? 0);
    if (!all || first >= all.end) return undefined;
    let count = Math.min(MOST_DAYS, all.end - first);
    while (count > 1 && this.#cellsIn(keyNo, { first, end: first + count }) > MOST_CELLS)
      count = Math.ceil(count / 2);
    const end = first + count;
    return { first, end, isLast: end >= all.end };
  }

  /** Notes how far a key's days are made: up to a day, or all. Called inside a transaction. */
  noteMade(keyNo: number, until?: number): void {
    this.#saveZone.run(keyNo, until === undefined ? zoneId() : `${zoneId()}${UNTIL}${until}`);
  }

  /** Called inside a transaction. */
  noteNoneMade(keyNo: number): void {
    this.#dropZone.run(keyNo);
  }

  /** From the first day on which a key has cells, or sums by day of any zone. */
  #allDays(keyNo: number): Period | undefined {
    const row = this.#ends.get(keyNo) as unknown as (number | null)[];
    const [firstQuarter, lastQuarter, firstSum, lastSum, firstDay, lastDay] = row.map(
      end => end ?? undefined,
    );
    const ofSecond = (second: number | undefined) => (second === undefined ? [] : dayOf(second * 1000));
    const ofQuarter = (quarter: number | undefined) =>
      ofSecond(quarter === undefined ? undefined : quarter * QUARTER_S);
    const days = [ofQuarter(firstQuarter), ofQuarter(lastQuarter), ofSecond(firstSum), ofSecond(lastSum)];
    const all = [...days, firstDay ?? [], lastDay ?? []].flat();
    return all.length === 0 ? undefined : { first: Math.min(...all), end: Math.max(...all) + 1 };
  }

  #cellsIn(keyNo: number, { first, end }: Period): number {
    const [from, to] = [startOfDay(first) / 1000, startOfDay(end) / 1000];
    const [count] = this.#count.get(
      numbered(keyNo, from / QUARTER_S, to / QUARTER_S, from, to),
    ) as unknown as [number];
    return count;
  }
}
