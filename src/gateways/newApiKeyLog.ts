import { failed } from '../quota/failure.ts';
import type { Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import type { Scale } from '../quota/unit.ts';
import { type Coverage, lacking, type Usage } from '../quota/usage.ts';
import { stepFor } from '../quota/usageReport.ts';
import { jsonOf, payloadOf, type Refine, rowsOf } from './answers.ts';
import type { Visit } from './gateway.ts';
import { parseSpendRows, tallying } from './newApiLogs.ts';
import { keyMeaning } from './tokenUsage.ts';

/** What New API returns for a key's own log at most. */
const KEY_LOG_ROWS = 1000;

/**
 * Spend in a range from the key's own log, `GET /api/log/token`: its last 1000 rows at most, without a
 * filter. Where the oldest row is younger than the range, the figures say from when they count.
 */
export async function readKeyLogUsage(visit: Visit, range: Range, scale: Scale): Promise<Usage> {
  const answer = await visit.ask({ path: '/api/log/token', secretIn: 'bearer', limiter: 'scarce' });
  const json = jsonOf(answer, logRefusal);
  payloadOf(json, answer.status, logRefusal);
  const wire = rowsOf(json.data);
  const tally = new Tally(stepFor(range));
  let oldest = Number.POSITIVE_INFINITY;
  const rows = parseSpendRows(wire);
  const add = tallying(tally);
  for (const row of rows) {
    const at = row.created_at * 1000;
    oldest = Math.min(oldest, at);
    if (at >= range.from && at <= range.to) add(row);
  }
  const until = Math.min(range.to, visit.now());
  const covered = coverageOf(range, until, wire.length < KEY_LOG_ROWS, oldest);
  const coverage = lacking(covered, wire.length - rows.length);
  // Where not a moment of the range is in reach, nothing is known, which is not 0.
  if (coverage.from === undefined) return { unit: scale.unit, coverage, source: 'logs' };
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    timeline: tally.timeline(scale.perUnit),
    coverage,
    source: 'logs',
  };
}

/** Rows of the oldest second may be cut off too, so a range is whole only if it begins after that one. */
function coverageOf({ from }: Range, to: number, isWholeLog: boolean, oldest: number): Coverage {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (isWholeLog || oldest < from) return { complete: true, from: iso(from), to: iso(to) };
  const covered = oldest <= to ? { from: iso(oldest), to: iso(to) } : {};
  return { complete: false, ...covered, reason: 'last-rows' };
}

/** Before 0.10.8 this endpoint took no header and refused every question of this form, with HTTP 200. */
const logRefusal: Refine = refusal => {
  const { status, plainNo } = refusal;
  const isOld = status === 200 && plainNo;
  return keyMeaning(refusal) ?? (isOld ? failed('not-supported', 'no-such-endpoint', { status }) : undefined);
};
