import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import { type Coverage, type CoverageReason, lacking, type Usage } from '../../core/usage/usage.ts';
import { stepFor } from '../../core/usage/usageReport.ts';
import { UsageSum, type UsageSumEntry } from '../../core/usage/usageSum.ts';
import { requireRows } from '../envelope.ts';
import { lenient, plainText, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { accountPayload } from './accountRequest.ts';
import { addEdges, summedHours } from './hourEdges.ts';
import { askLog } from './logPage.ts';
import { secondsOf } from './logStream.ts';
import { parseSpendRows, type SpendRow } from './logs.ts';

/** New API refuses spans over 30 days here. */
const MAX_SPAN_MS = 30 * DAY_MS;
/** New API writes its sums every five minutes, and the operator may have it do so less often. */
const SUMMING_MS = 10 * MINUTE_MS;
const PAGE_SIZE = 100;
/** Why sums do not tell all of a range though all of them arrived. */
const LATE_OR_WHOLE: ReadonlySet<string> = new Set<CoverageReason>(['whole-hours', 'not-yet-summed']);

const bucketSchema = v.object({
  model_name: lenient(v.string()),
  created_at: wireNumber,
  quota: lenient(wireNumber),
  count: lenient(wireNumber),
  token_used: lenient(wireNumber),
});

const statSchema = v.object({ quota: wireNumber });

/** What is known of a range before its sums are asked for. */
export interface HourlyOptions {
  /** Whether the log counts rows in it, so that sums without any are no answer. */
  readonly isSpent?: boolean;
  /** The gateway's clock, in epoch milliseconds; with it what the sums lack at both ends is looked up in the log. */
  readonly serverNow?: number;
}

/**
 * An account's spend by day and model from `GET /api/data/self`, whose rows are whole hours. The newest month
 * is asked for first: a gateway that dies half-way leaves what has arrived.
 */
export async function readHourlyUsage(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  { isSpent = false, serverNow }: HourlyOptions = {},
): Promise<Usage> {
  if (context.site?.sumsHours === false) return readAccountSum(context, range, scale, isSpent);
  const all = new UsageSum(stepFor(range));
  const inner = new UsageSum(stepFor(range));
  const summed = serverNow === undefined ? undefined : summedHours(range, serverNow - SUMMING_MS);
  const sums = await addSlices(context, range, (bucket, at) => {
    all.add(bucket);
    if (summed && at >= summed.from && at <= summed.to) inner.add(bucket);
  });
  const { buckets, unreadable } = sums;
  if (buckets === 0 && isSpent) return readAccountSum(context, range, scale, isSpent);
  const isLacking = LATE_OR_WHOLE.has(sums.coverage.reason ?? '');
  const filled =
    isLacking && summed && serverNow !== undefined
      ? await addEdges(context, range, summed, inner, serverNow)
      : undefined;
  const [tally, coverage] = filled ? [inner, filled] : [all, sums.coverage];
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    timeline: tally.timeline(scale.perUnit),
    coverage: lacking(coverage, unreadable),
    source: 'gateway',
  };
}

interface Slices {
  readonly coverage: Coverage;
  readonly buckets: number;
  readonly unreadable: number;
}

type TakeBucket = (bucket: UsageSumEntry, at: number) => void;

async function addSlices(context: GatewayContext, range: Range, take: TakeBucket): Promise<Slices> {
  let buckets = 0;
  let unreadable = 0;
  let since: number | undefined;
  let now: number | undefined;
  for (const slice of slices(range).reverse()) {
    try {
      const { data, serverNow } = await accountPayload(context, '/api/data/self', secondsOf(slice));
      now ??= serverNow;
      for (const bucket of requireRows(data)) {
        buckets++;
        if (!addBucket(take, bucket)) unreadable++;
      }
    } catch (error) {
      if (since === undefined || !(error instanceof GatewayError)) throw error;
      const covered = coverageOf(range, now ?? context.now());
      const from = new Date(since).toISOString();
      return { coverage: { ...covered, from, complete: false, reason: 'broke-off' }, buckets, unreadable };
    }
    since = slice.from;
  }
  return { coverage: coverageOf(range, now ?? context.now()), buckets, unreadable };
}

/**
 * What whole hours cover of a range: the one it begins in is not among the answers, and the one it ends in
 * is, with all its spend. Spend of the last minutes is in no sum yet.
 */
function coverageOf(range: Range, now: number): Coverage {
  const from = Math.ceil(range.from / HOUR_MS) * HOUR_MS;
  const to = (Math.floor(range.to / HOUR_MS) + 1) * HOUR_MS - 1;
  const summed = now - SUMMING_MS;
  const isWhole = from === range.from && (to - range.to < 1000 || to >= now);
  const isSummed = range.to <= summed;
  const covered = isWhole ? range : { from, to };
  if (isWhole && isSummed) return wholeRange(covered, now);
  const until = isSummed ? Math.min(covered.to, now) : Math.min(covered.to, summed);
  const reason = isWhole ? 'not-yet-summed' : 'whole-hours';
  if (until < covered.from) return { complete: false, reason };
  return {
    complete: false,
    from: new Date(covered.from).toISOString(),
    to: new Date(until).toISOString(),
    reason,
  };
}

/**
 * A site that keeps no sums by hour answers with an empty list there; its log still knows the total. A sum of 0 is
 * what a site answers too whose log is not there, and one that is contradicted by its own rows is not believed.
 */
async function readAccountSum(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  isSpent: boolean,
): Promise<Usage> {
  const { payload, serverNow } = await accountPayload(context, '/api/log/self/stat', secondsOf(range));
  const parsed = v.safeParse(statSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const coverage = wholeRange(range, serverNow ?? context.now());
  const { quota } = parsed.output;
  if (quota === 0 && (isSpent || (await hasSpendRows(context, range)))) {
    return {
      unit: scale.unit,
      coverage: { ...coverage, complete: false, reason: 'contradicted' },
      source: 'logs',
    };
  }
  return { unit: scale.unit, total: { used: amountOf(quota, scale) }, coverage, source: 'logs' };
}

/** Whether the log has rows of spend in a range. Throws where the log cannot be read. */
async function hasSpendRows(context: GatewayContext, range: Range): Promise<boolean> {
  const { rows } = await askLog(context, { p: 1, page_size: PAGE_SIZE, type: 2, ...secondsOf(range) });
  return parseSpendRows(rows).length < rows.length || parseSpendRows(rows).some(costs);
}

function costs({ quota = 0 }: SpendRow): boolean {
  return quota > 0;
}

function wholeRange({ from, to }: Range, now: number): Coverage {
  return {
    complete: true,
    from: new Date(from).toISOString(),
    to: new Date(Math.min(to, now)).toISOString(),
  };
}

/** Whether the bucket could be read. */
function addBucket(take: TakeBucket, wire: unknown): boolean {
  const parsed = v.safeParse(bucketSchema, wire);
  if (!parsed.success) return false;
  const { created_at, model_name, quota, count, token_used } = parsed.output;
  // Not to know what an hour cost is not to know it cost nothing.
  if (quota === undefined) return false;
  const at = created_at * 1000;
  const bucket = {
    day: localDay(at),
    hour: new Date(at).getHours(),
    key: '',
    model: plainText(model_name ?? '', 100),
    raw: quota,
    requests: count ?? 0,
    tokens: token_used ?? 0,
  };
  take(bucket, at);
  return true;
}

/**
 * Slices of whole seconds, as the gateway counts: each ends a second before the next begins. A slice that began
 * within a second would lose that second, and the hour with it that begins there.
 */
function slices({ from, to }: Range): Range[] {
  const parts: Range[] = [];
  for (let start = Math.ceil(from / 1000) * 1000; start <= to; start += MAX_SPAN_MS) {
    parts.push({ from: start, to: Math.min(to, start + MAX_SPAN_MS - 1000) });
  }
  return parts;
}
