import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import { failed } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, isoTime } from '../../core/time.ts';
import { type Coverage, withUnreadableRows } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { parseJsonBody, parseRows, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { serverTimeOf } from '../serverTime.ts';
import { keyLogRecords, usedOf } from './keyLogRecords.ts';
import { needsKeyInUrl } from './needsKeyInUrl.ts';
import { settledSecond } from './settledSecond.ts';
import { parseSpendRows, rowAdder, type SpendRow } from './spendRows.ts';
import { mapKeyError } from './tokenUsage.ts';

/** Whether a key's log has the largest number of rows that a version sends: 1000, in some 100. */
function isTruncated(rows: number): boolean {
  return rows >= 1000 || rows === 100;
}

/**
 * Spend in a range from the key's own log: `GET /api/log/token`, `data[]`, newest 1000 rows without a filter
 * (New API ≥ 0.10.8 with the key in the header; before it with `?key=`). Where the oldest row is later than
 * the range, coverage begins with it.
 * @throws GatewayError; `no-such-endpoint` where a relative has no such log.
 */
export async function readKeyLogUsage(context: GatewayContext, range: Range, scale: Scale): Promise<Usage> {
  const { answer, wire: sentRows } = await requestKeyLog(context);
  const serverNow = serverTimeOf(answer.headers);
  const told = recordRows(context, sentRows, scale, serverNow);
  // Before 0.10.8 a key in the header is ignored and the list is empty, as where no log is kept.
  if (sentRows.length === 0) {
    return { unit: scale.unit, coverage: { complete: false, reason: 'empty-log' }, source: 'logs' };
  }
  const sum = new UsageSum(timelineStepFor(range));
  let oldest = Number.POSITIVE_INFINITY;
  const rows = parseSpendRows(sentRows);
  const isCutOff = isTruncated(sentRows.length);
  if (isOfSeveralKeys(rows) || (isCutOff && runsForward(rows)))
    return { unit: scale.unit, coverage: { complete: false, reason: 'not-told' }, source: 'logs' };
  const gatewayNow = serverNow ?? context.now();
  const add = rowAdder(sum);
  for (const row of rows) {
    const at = row.created_at * 1000;
    oldest = Math.min(oldest, at);
    if (at >= range.from && at <= Math.min(range.to, gatewayNow + HOUR_MS)) add(row);
  }
  const until = Math.min(range.to, gatewayNow);
  const rangeCoverage = coverageOf(range, until, !isCutOff, oldest);
  const coverage = withUnreadableRows(rangeCoverage, told.unreadable);
  // No moment of the range is covered: the total is not known, and not 0.
  if (coverage.from === undefined) return { unit: scale.unit, coverage, source: 'logs' };
  return {
    unit: scale.unit,
    total: sum.total(scale.perUnit),
    byDay: sum.rows('day', scale.perUnit),
    byModel: sum.rows('model', scale.perUnit),
    timeline: sum.timeline(scale.perUnit),
    coverage,
    source: 'logs',
  };
}

function isOfSeveralKeys(rows: readonly SpendRow[]): boolean {
  return new Set(rows.flatMap(({ token_id }) => token_id || [])).size > 1;
}

/** Whether the oldest rows come first, so that the newest are cut off. */
function runsForward(rows: readonly SpendRow[]): boolean {
  return (rows[0]?.created_at ?? 0) < (rows.at(-1)?.created_at ?? 0);
}

/** Passes all rows on to the ledger, whatever the range. */
function recordRows(
  { recordSpend, lastReading, now }: GatewayContext,
  wire: readonly unknown[],
  scale: Scale,
  serverNow: number | undefined,
): SpendRecords {
  const clockAheadMs = now() - (serverNow ?? now());
  const facts = {
    scale,
    settled: settledSecond(serverNow, now()),
    isWhole: !isTruncated(wire.length),
    used: usedOf(lastReading, scale, clockAheadMs),
  };
  const told = keyLogRecords(wire, facts);
  recordSpend?.(told);
  return told;
}

/** The rows with the key in the header; where there are none, with the key in the URL, if the user allowed it. */
async function requestKeyLog(context: GatewayContext) {
  const byHeader = await requestRows(context, { secretIn: 'bearer', limiter: 'scarce' });
  if (byHeader.wire.length > 0 || !context.mayStandInUrl || !needsKeyInUrl(context.site)) return byHeader;
  return requestRows(context, { secretIn: 'query', limiter: 'general' });
}

async function requestRows(context: GatewayContext, way: Pick<GatewayRequest, 'secretIn' | 'limiter'>) {
  const answer = await context.sendRequest({ path: '/api/log/token', ...way });
  const json = parseJsonBody(answer, mapLogError);
  unwrapPayload(json, answer.status, mapLogError);
  // Nothing is concluded from an empty log, so a missing one may count as empty.
  return { answer, wire: json.data === null ? [] : parseRows(json.data) };
}

/** Rows of the oldest second may be cut off too, so the range has to begin after it. */
function coverageOf({ from }: Range, to: number, isWholeLog: boolean, oldest: number): Coverage {
  // The gateway's clock may be behind ours.
  if (to < from) return { complete: false };
  if (isWholeLog || oldest < from) return { complete: true, from: isoTime(from), to: isoTime(to) };
  const covered = oldest <= to ? { from: isoTime(oldest), to: isoTime(to) } : {};
  return { complete: false, ...covered, reason: 'last-rows' };
}

/** Relatives that accept no header here refuse with HTTP 200 in the plain form. */
const mapLogError: ErrorMapper = refusal => {
  const { status, form } = refusal;
  const isOld = status === 200 && form === 'plain';
  return (
    mapKeyError(refusal) ?? (isOld ? failed('not-supported', 'no-such-endpoint', { status }) : undefined)
  );
};
