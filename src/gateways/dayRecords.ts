import type { SpendRecord, SpendRecords } from '../core/ledger/spendRecord.ts';
import type { Scale } from '../core/quota/unit.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../core/time.ts';
import { localDay, type Range, startOfLocalDay } from '../core/usage/range.ts';

/** What one key spent on one day. */
export interface DayOfKey {
  /** `2026-06-01` */
  readonly day: string;
  readonly key: string;
  /** Absent where days are not told by model. */
  readonly model?: string;
  readonly raw: number;
  readonly requests: number | undefined;
  /** Absent where only money is told. */
  readonly tokens?: number | undefined;
}

/** A day ends last in the zone UTC−12: this long after it began in UTC. */
const DAY_ENDS_AFTER_MS = DAY_MS + 12 * HOUR_MS;

/**
 * What a gateway's daily figures tell for the ledger. Which zone the days are in is not told, or is not ours: they stand
 * for our days of the same name, as in reports, and are complete only once they have ended in every zone.
 */
export function dayRecords(
  days: readonly DayOfKey[],
  range: Range,
  scale: Scale,
  unreadable: number,
  now: number,
): SpendRecords {
  const records = days.flatMap(({ day, key, model = '', raw, requests, tokens }): SpendRecord[] => {
    const start = startOfLocalDay(day);
    if (start === undefined) return [];
    const span = { at: start / SECOND_MS, lasts: (nextDay(start) - start) / SECOND_MS };
    return [
      { ...span, keyName: key, model, raw, requests, promptTokens: tokens, completionTokens: undefined },
    ];
  });
  const from = startOfLocalDay(localDay(range.from)) ?? range.from;
  const last = Math.min(nextDay(range.to), startOfLocalDay(firstOpenDay(now)) ?? 0);
  const isComplete = unreadable === 0 && from < last;
  const complete = isComplete ? { from: from / SECOND_MS, to: last / SECOND_MS } : undefined;
  return { source: 'dailySums', scale, records, complete, unreadable };
}

/** The first day that has not ended everywhere. */
function firstOpenDay(now: number): string {
  const utcDay = Math.floor((now - DAY_ENDS_AFTER_MS) / DAY_MS) + 1;
  return new Date(utcDay * DAY_MS).toISOString().slice(0, 10);
}

/** The local midnight after a moment. */
function nextDay(ms: number): number {
  const at = new Date(ms);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime();
}
