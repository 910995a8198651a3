import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { numbered } from '../numbered.ts';
import { FIGURE_COLUMNS, figuresOf, isSameFigures, type SpendFigures } from './spendFigures.ts';

/** What was spent in a span that a gateway has summed up itself. Epoch seconds. */
export interface SumCell extends TimeSpan {
  readonly figures: SpendFigures;
}

type Row = [at: number, until: number, ...figures: (number | null)[]];

/**
 * The first sum of a line that may reach beyond the second `?2`: a line's sums do not overlap, so those before it are not
 * read.
 */
function reachingFrom(line: string): string {
  return `ifnull((SELECT max(at) FROM spend_sums WHERE line_no = ${line} AND at <= ?2), ?2)`;
}

/** Sums as gateways tell them: by their hours and days, or for a span that was asked for. */
export class SumCells {
  readonly #between: StatementSync;
  readonly #overlapping: StatementSync;
  readonly #put: StatementSync;
  readonly #drop: StatementSync;
  readonly #dropBefore: StatementSync;
  readonly #first: StatementSync;
  readonly #linesIn: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = `SELECT at, until, ${FIGURE_COLUMNS} FROM spend_sums WHERE line_no =`;
    this.#between = database.prepare(`${columns} ? AND at >= ? AND at < ? ORDER BY at`);
    this.#overlapping = database.prepare(
      `${columns} ?1 AND at >= ${reachingFrom('?1')} AND until > ?2 AND at < ?3 ORDER BY at`,
    );
    for (const statement of [this.#between, this.#overlapping]) statement.setReturnArrays(true);
    this.#put = database.prepare(
      `INSERT INTO spend_sums (line_no, at, until, raw, requests, prompt, completion) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET until = excluded.until, raw = excluded.raw, requests = excluded.requests,
         prompt = excluded.prompt, completion = excluded.completion`,
    );
    this.#drop = database.prepare('DELETE FROM spend_sums WHERE line_no = ? AND at = ?');
    this.#dropBefore = database.prepare(
      'DELETE FROM spend_sums WHERE line_no = ?1 AND at < ?2 AND until <= ?2',
    );
    this.#linesIn = database.prepare(
      `SELECT no FROM spend_lines WHERE series_no = ?1 AND EXISTS
       (SELECT 1 FROM spend_sums WHERE line_no = spend_lines.no AND at >= ${reachingFrom('spend_lines.no')}
        AND until > ?2 AND at < ?3) ORDER BY no`,
    );
    this.#linesIn.setReturnArrays(true);
    this.#first = database.prepare(
      `SELECT min((SELECT min(at) FROM spend_sums WHERE line_no = spend_lines.no)) AS at FROM spend_lines
       WHERE series_no = ?`,
    );
  }

  /** The lines of a series with sums that reach into a span. */
  linesIn(seriesNo: number, { from, to }: TimeSpan): readonly number[] {
    return (this.#linesIn.all(numbered(seriesNo, from, to)) as unknown as [number][]).map(([no]) => no);
  }

  /** A line's sums that begin in a span. */
  beginningIn(lineNo: number, { from, to }: TimeSpan): readonly SumCell[] {
    return (this.#between.all(lineNo, from, to) as unknown as Row[]).map(cellOf);
  }

  overlapping(lineNo: number, { from, to }: TimeSpan): readonly SumCell[] {
    return (this.#overlapping.all(numbered(lineNo, from, to)) as unknown as Row[]).map(cellOf);
  }

  /** Replaces a line's sums `before` by `after`. Returns the spans in which something changed. */
  replace(lineNo: number, before: readonly SumCell[], after: readonly SumCell[]): TimeSpan[] {
    const old = new Map(before.map(cell => [cell.from, cell]));
    const gone = before.filter(({ from }) => !after.some(cell => cell.from === from));
    for (const { from } of gone) this.#drop.run(lineNo, from);
    const written = after.filter(cell => {
      const same = old.get(cell.from);
      return same?.to !== cell.to || !isSameFigures(same.figures, cell.figures);
    });
    for (const { from, to, figures } of written) {
      const { raw, requests, prompt, completion } = figures;
      this.#put.run(lineNo, from, to, raw, requests, prompt, completion);
    }
    return [...gone, ...written, ...written.flatMap(({ from }) => old.get(from) ?? [])];
  }

  /** The first time that a series has a row at; infinite where it has none. */
  firstOf(seriesNo: number): number {
    return Number(this.#first.get(seriesNo)?.at ?? Number.POSITIVE_INFINITY);
  }

  /** Deletes sums that ended before a second. */
  dropBefore(lineNo: number, second: number): number {
    return Number(this.#dropBefore.run(numbered(lineNo, second)).changes);
  }
}

function cellOf(row: Row): SumCell {
  return { from: Number(row[0]), to: Number(row[1]), figures: figuresOf(row, 2) };
}
