import { GatewayError } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readHourlyUsage } from './hourlyUsage.ts';
import { countLogRows, readLogUsage } from './logUsage.ts';

/** The most rows that are read: 40 calls, within the request budget. */
const MAX_ROWS = 4000;

/**
 * What an account spent in a range: from its log rows while there are at most 4000, exact by key, model and
 * hour; else from the gateway's hourly sums, which have no keys. One API has neither a count nor sums.
 * @throws GatewayError
 */
export async function readAccountUsage(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  progress?: Progress,
): Promise<Usage> {
  const from = oldestAsked(context);
  if (from <= range.from) return readAskable(context, range, scale, progress);
  if (from > range.to)
    return { unit: scale.unit, coverage: { complete: false, reason: 'log-days' }, source: 'gateway' };
  const usage = await readAskable(context, { ...range, from }, scale, progress);
  const { coverage } = usage;
  return {
    ...usage,
    coverage: { ...coverage, complete: false, reason: coverage.complete ? 'log-days' : coverage.reason },
  };
}

/**
 * The oldest moment that a site lets its log be asked about, as it says itself: done-hub refuses ranges that begin
 * earlier. By the gateway's clock, which may be some minutes ahead of ours.
 */
function oldestAsked({ site, now }: GatewayContext): number {
  return site?.logDays === undefined ? Number.NEGATIVE_INFINITY : now() - site.logDays * DAY_MS + HOUR_MS;
}

async function readAskable(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  progress?: Progress,
): Promise<Usage> {
  const { rows, isBare, serverNow } = await countLogRows(context, range);
  const usesRows = rows === undefined ? isBare : rows <= MAX_ROWS;
  if (usesRows) return readLogUsage(context, range, scale, progress, serverNow);
  try {
    return await readHourlyUsage(context, range, scale, { hasLogRows: rows !== undefined, serverNow });
  } catch (error) {
    const isNotSupported = error instanceof GatewayError && error.failure.class === 'not-supported';
    if (rows !== undefined || !isNotSupported) throw error;
    return readLogUsage(context, range, scale, progress, serverNow);
  }
}
