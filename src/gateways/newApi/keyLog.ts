import { failed } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import { type Coverage, type Usage, withUnreadableRows } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { parseJsonBody, parseRows, serverTimeOf, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { parseSpendRows, rowAdder } from './logs.ts';
import { needsKeyInUrl } from './needsKeyInUrl.ts';
import { mapKeyError } from './tokenUsage.ts';

/** Whether a key's own log is as long as it ever gets, which differs by version. */
function isTruncated(rows: number): boolean {
  return rows >= 1000 || rows === 100;
}

/**
 * Spend in a range from the key's own log, `GET /api/log/token`: its last 1000 rows at most, without a
 * filter. Where the oldest row is younger than the range, the figures say from when they count.
 */
export async function readKeyLogUsage(context: GatewayContext, range: Range, scale: Scale): Promise<Usage> {
  const { answer, wire: sentRows } = await requestKeyLog(context);
  // Before 0.10.8 a key in this place is not looked at and the list is empty, and so it is where no log is kept.
  if (sentRows.length === 0) {
    return { unit: scale.unit, coverage: { complete: false, reason: 'empty-log' }, source: 'logs' };
  }
  const tally = new UsageSum(timelineStepFor(range));
  let oldest = Number.POSITIVE_INFINITY;
  const rows = parseSpendRows(sentRows);
  const add = rowAdder(tally);
  for (const row of rows) {
    const at = row.created_at * 1000;
    oldest = Math.min(oldest, at);
    if (at >= range.from && at <= range.to) add(row);
  }
  const until = Math.min(range.to, serverTimeOf(answer.headers) ?? context.now());
  const rangeCoverage = coverageOf(range, until, !isTruncated(sentRows.length), oldest);
  const coverage = withUnreadableRows(rangeCoverage, sentRows.length - rows.length);
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

/** The rows by the key in the header; where there are none, by the key in the URL, if its owner has said yes to that. */
async function requestKeyLog(context: GatewayContext) {
  const byHeader = await requestRows(context, { secretIn: 'bearer', limiter: 'scarce' });
  if (byHeader.wire.length > 0 || !context.mayStandInUrl || !needsKeyInUrl(context.site)) return byHeader;
  return requestRows(context, { secretIn: 'query', limiter: 'general' });
}

async function requestRows(context: GatewayContext, way: Pick<GatewayRequest, 'secretIn' | 'limiter'>) {
  const answer = await context.sendRequest({ path: '/api/log/token', ...way });
  const json = parseJsonBody(answer, mapLogError);
  unwrapPayload(json, answer.status, mapLogError);
  return { answer, wire: parseRows(json.data) };
}

/** Rows of the oldest second may be cut off too, so a range is whole only if it begins after that one. */
function coverageOf({ from }: Range, to: number, isWholeLog: boolean, oldest: number): Coverage {
  const iso = (ms: number) => new Date(ms).toISOString();
  // The gateway's clock may be behind ours.
  if (to < from) return { complete: false };
  if (isWholeLog || oldest < from) return { complete: true, from: iso(from), to: iso(to) };
  const covered = oldest <= to ? { from: iso(oldest), to: iso(to) } : {};
  return { complete: false, ...covered, reason: 'last-rows' };
}

/** Relatives that take no header here refuse every question of this form, with HTTP 200. */
const mapLogError: ErrorMapper = refusal => {
  const { status, form } = refusal;
  const isOld = status === 200 && form === 'plain';
  return (
    mapKeyError(refusal) ?? (isOld ? failed('not-supported', 'no-such-endpoint', { status }) : undefined)
  );
};
