import type { SpendRecord, SpendRecords } from '../../../src/core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../../src/core/ports/ledgerTable.ts';
import type { Scale } from '../../../src/core/quota/unit.ts';
import { seededChance } from './seededChance.ts';

/** A row of a log in the order in which the gateway wrote it. */
export interface MadeUpRow {
  /** Epoch seconds, by the gateway's clock. */
  readonly at: number;
  /** When it was written, by a clock that never goes back. */
  readonly writtenAt: number;
  readonly model: string;
  readonly raw: number;
}

export interface LogShape {
  readonly seed: number;
  /** When it begins, in epoch seconds. */
  readonly start: number;
  readonly rows: number;
  /** Whether rows are written long after their second, and the gateway's clock is put back. */
  readonly isDisorderly?: boolean;
}

/** How many of its newest rows a log tells. */
const LOG_ROWS = 40;
/** Rows of the last seconds may still come. */
const SETTLES_S = 5;
const MODELS = ['fast', 'large', '模型', ''];

/** A log with gaps, bursts, rows that are equal within one second, and refunds. */
export function madeUpLog({ seed, start, rows, isDisorderly = false }: LogShape): readonly MadeUpRow[] {
  const chance = seededChance(seed);
  const log: MadeUpRow[] = [];
  let now = start;
  let behind = 0;
  for (let index = 0; index < rows; index++) {
    const last = log.at(-1);
    if (last && chance() < 0.15) {
      log.push(last);
      continue;
    }
    const pace = chance();
    now += Math.floor(pace < 0.5 ? chance() * 3 : pace < 0.9 ? chance() * 600 : chance() * 20_000);
    if (isDisorderly && chance() < 0.03) behind += Math.floor(chance() * 1500);
    const late = isDisorderly && chance() < 0.1 ? Math.floor(chance() * 900) : 0;
    log.push({
      at: now - behind - late,
      writtenAt: now,
      model: MODELS[Math.floor(chance() * MODELS.length)] ?? '',
      raw: Math.floor((chance() - 0.1) * 5000),
    });
  }
  return log;
}

/**
 * What a gateway tells at a moment: its newest rows, and for which seconds they are all there are. `clearedTo` of the
 * oldest rows it has deleted.
 */
export function askLog(log: readonly MadeUpRow[], now: number, scale: Scale, clearedTo = 0): SpendRecords {
  const written = log.filter(({ writtenAt }) => writtenAt <= now);
  const told = written.slice(clearedTo).slice(-LOG_ROWS);
  const lost = written.slice(0, written.length - told.length);
  const clock = now - ((written.at(-1)?.writtenAt ?? now) - (written.at(-1)?.at ?? now));
  const from = lost.length === 0 ? 0 : Math.max(...lost.map(({ at }) => at)) + 1;
  const to = clock - SETTLES_S;
  return {
    source: 'keyLog',
    scale,
    records: told.map(recordOf).toReversed(),
    complete: from < to ? { from, to } : undefined,
    unreadable: 0,
  };
}

/** What an account's log tells of a span, at a moment. */
export function askAccount(
  log: readonly MadeUpRow[],
  span: TimeSpan,
  now: number,
  scale: Scale,
): SpendRecords {
  const to = Math.min(span.to, now - SETTLES_S);
  const rows = log.filter(({ at, writtenAt }) => writtenAt <= now && at >= span.from && at < to);
  const complete = span.from < to ? { from: span.from, to } : undefined;
  return { source: 'accountLog', scale, records: rows.map(recordOf), complete, unreadable: 0 };
}

function recordOf({ at, model, raw }: MadeUpRow): SpendRecord {
  return { at, keyName: '', model, raw, requests: 1, promptTokens: raw * 2, completionTokens: 1 };
}
