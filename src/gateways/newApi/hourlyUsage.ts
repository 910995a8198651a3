import * as v from 'valibot';
import type { SpendRecord } from '../../core/ledger/spendRecord.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, isoTime, SECOND_MS } from '../../core/time.ts';
import { type Coverage, type CoverageReason, withUnreadableRows } from '../../core/usage/coverage.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { UsageSumEntry } from '../../core/usage/usageLine.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import { parseRows } from '../envelope.ts';
import { lenient, wireCount, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { wireSeconds } from '../wireTime.ts';
import { requestAccount } from './accountRequest.ts';
import { readAccountSum } from './accountSum.ts';
import { hourlyCoverage, SUMMING_DELAY_MS } from './hourlyCoverage.ts';
import { splitIntoSlices } from './hourSlices.ts';
import { secondsOf } from './logStream.ts';
import { addPartialHours, wholeHours } from './partialHours.ts';

/** Reasons for which the log can fill in what the sums lack. */
const FILLABLE_REASONS: ReadonlySet<string> = new Set<CoverageReason>(['whole-hours', 'not-yet-summed']);

const bucketSchema = v.object({
  model_name: lenient(v.string()),
  created_at: wireSeconds,
  quota: lenient(wireSpent),
  count: lenient(wireCount),
  token_used: lenient(wireCount),
});

/** What is known about a range before its sums are read. */
export interface HourlyOptions {
  /** Whether the log counts rows in it: then empty sums are wrong. */
  readonly hasLogRows?: boolean;
  /** The gateway's clock, in epoch milliseconds; with it partial hours are read from the log. */
  readonly serverNow?: number;
}

/**
 * An account's spend by day and model from its hourly buckets: `GET /api/data/self`, `data[].created_at`
 * (epoch seconds), `model_name`, `quota` (raw units), `count`, `token_used`. The newest 30 days are read
 * first, so that a failure half-way leaves those.
 * @throws GatewayError where not even the first slice could be read.
 */
export async function readHourlyUsage(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  { hasLogRows = false, serverNow }: HourlyOptions = {},
): Promise<Usage> {
  if (context.site?.sumsHours === false) return readAccountSum(context, range, scale, hasLogRows);
  const allBuckets = new UsageSum(timelineStepFor(range));
  const wholeHourBuckets = new UsageSum(timelineStepFor(range));
  const summed = serverNow === undefined ? undefined : wholeHours(range, serverNow - SUMMING_DELAY_MS);
  const records: SpendRecord[] = [];
  const sums = await readSlices(context, range, (bucket, at) => {
    allBuckets.add(bucket);
    records.push(hourRecordOf(bucket, at));
    if (summed && at >= summed.from && at <= summed.to) wholeHourBuckets.add(bucket);
  });
  const { buckets, unreadable } = sums;
  if (buckets === 0 && hasLogRows) return readAccountSum(context, range, scale, hasLogRows);
  if (summed) recordHours(context, records, summed, sums, scale);
  const isFillable = FILLABLE_REASONS.has(sums.coverage.reason ?? '');
  const filledCoverage =
    isFillable && summed && serverNow !== undefined
      ? await addPartialHours(context, range, summed, wholeHourBuckets, serverNow, scale)
      : undefined;
  const [counted, coverage] = filledCoverage
    ? [wholeHourBuckets, filledCoverage]
    : [allBuckets, sums.coverage];
  return {
    unit: scale.unit,
    total: counted.total(scale.perUnit),
    byDay: counted.rows('day', scale.perUnit),
    byModel: counted.rows('model', scale.perUnit),
    timeline: counted.timeline(scale.perUnit),
    coverage: withUnreadableRows(withSplitHours(coverage, records), unreadable),
    source: 'gateway',
  };
}

/** Says of complete figures that hours of two days count on the first. */
function withSplitHours(coverage: Coverage, records: readonly SpendRecord[]): Coverage {
  const isSplit = ({ at, raw }: SpendRecord) =>
    raw !== 0 && localDay(at * SECOND_MS) !== localDay(at * SECOND_MS + HOUR_MS - 1);
  return coverage.complete && records.some(isSplit)
    ? { ...coverage, reason: 'hours-over-midnight' }
    : coverage;
}

/** Passes the hours that are summed up by now on to the ledger. */
function recordHours(
  { recordSpend }: GatewayContext,
  records: readonly SpendRecord[],
  summed: Range,
  { since, unreadable }: Slices,
  scale: Scale,
): void {
  const from = Math.max(summed.from, Math.ceil(since / HOUR_MS) * HOUR_MS) / SECOND_MS;
  const to = (summed.to + 1) / SECOND_MS;
  const complete = unreadable === 0 && from < to ? { from, to } : undefined;
  recordSpend?.({ source: 'hourlySums', scale, records, complete, unreadable });
}

function hourRecordOf({ model, raw, requests, tokens }: UsageSumEntry, at: number): SpendRecord {
  // Only the sum of prompt and completion tokens is told.
  const counts = { requests, promptTokens: tokens, completionTokens: undefined };
  return { at: at / SECOND_MS, lasts: HOUR_MS / SECOND_MS, keyName: '', model, raw, ...counts };
}

interface Slices {
  /** From when on hours were read, in epoch milliseconds. */
  readonly since: number;
  readonly coverage: Coverage;
  readonly buckets: number;
  readonly unreadable: number;
}

type AddBucket = (bucket: UsageSumEntry, at: number) => void;

async function readSlices(context: GatewayContext, range: Range, take: AddBucket): Promise<Slices> {
  let buckets = 0;
  let unreadable = 0;
  let since: number | undefined;
  let now: number | undefined;
  for (const slice of splitIntoSlices(range).reverse()) {
    try {
      const { data, serverNow } = await requestAccount(context, '/api/data/self', secondsOf(slice));
      now ??= serverNow;
      for (const wire of parseRows(data)) {
        const bucket = bucketOf(wire);
        // A gateway that ignores the bounds sends other hours too.
        if (bucket && !isWithin(slice, bucket.at)) continue;
        buckets++;
        if (bucket) take(bucket.entry, bucket.at);
        else unreadable++;
      }
    } catch (error) {
      if (since === undefined || !(error instanceof GatewayError)) throw error;
      const covered = hourlyCoverage(range, now ?? context.now());
      const from = isoTime(since);
      return {
        coverage: { ...covered, from, complete: false, reason: 'broke-off' },
        since,
        buckets,
        unreadable,
      };
    }
    since = slice.from;
  }
  const coverage = hourlyCoverage(range, now ?? context.now());
  return { since: range.from, coverage, buckets, unreadable };
}

function isWithin({ from, to }: Range, at: number): boolean {
  return at >= from && at <= to;
}

/**
 * Parses a bucket into an entry of a sum and its beginning in epoch milliseconds; undefined where it cannot
 * be read.
 */
function bucketOf(wire: unknown): { readonly entry: UsageSumEntry; readonly at: number } | undefined {
  const parsed = v.safeParse(bucketSchema, wire);
  if (!parsed.success) return undefined;
  const { created_at, model_name, quota, count, token_used } = parsed.output;
  // A bucket without a figure is not one of 0.
  if (quota === undefined) return undefined;
  const at = created_at * 1000;
  const entry = {
    day: localDay(at),
    hour: new Date(at).getHours(),
    key: '',
    model: sanitizeText(model_name ?? '', 100),
    raw: quota,
    requests: count,
    tokens: token_used,
  };
  return { entry, at };
}
