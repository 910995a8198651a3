import * as v from 'valibot';
import { failed, GatewayError } from '../quota/failure.ts';
import { localDay, type Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import { amountOf, type Scale } from '../quota/unit.ts';
import { type Coverage, lacking, type Usage } from '../quota/usage.ts';
import { stepFor } from '../quota/usageReport.ts';
import { accountPayload } from './accountAccess.ts';
import { rowsOf } from './answers.ts';
import type { Visit } from './gateway.ts';
import { lenient, plainText, wireNumber } from './wire.ts';

/** New API refuses spans over 30 days here. */
const MAX_SPAN_MS = 2_592_000_000;
const HOUR_MS = 3_600_000;

const bucketSchema = v.object({
  model_name: lenient(v.string()),
  created_at: wireNumber,
  quota: lenient(wireNumber),
  count: lenient(wireNumber),
  token_used: lenient(wireNumber),
});

const statSchema = v.object({ quota: wireNumber });

/**
 * An account's spend by day and model from `GET /api/data/self`, whose rows are whole hours. The newest month
 * is asked for first: a gateway that dies half-way leaves what has arrived.
 */
export async function readHourlyUsage(visit: Visit, range: Range, scale: Scale): Promise<Usage> {
  if (visit.site?.sumsHours === false) return readAccountSum(visit, range, scale);
  const tally = new Tally(stepFor(range));
  const { coverage, unreadable } = await addSlices(visit, range, tally);
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

async function addSlices(
  visit: Visit,
  range: Range,
  tally: Tally,
): Promise<{ readonly coverage: Coverage; readonly unreadable: number }> {
  const hours = hoursWithin(range, visit.now());
  let unreadable = 0;
  let since: number | undefined;
  for (const slice of slices(range).reverse()) {
    try {
      const { data } = await accountPayload(visit, '/api/data/self', secondsOf(slice));
      for (const bucket of rowsOf(data)) unreadable += addBucket(tally, bucket) ? 0 : 1;
    } catch (error) {
      if (since === undefined || !(error instanceof GatewayError)) throw error;
      const from = new Date(since).toISOString();
      return { coverage: { ...hours, from, complete: false, reason: 'broke-off' }, unreadable };
    }
    since = slice.from;
  }
  const isGoingOn = hours.complete && range.to >= visit.now();
  return { coverage: isGoingOn ? { ...hours, reason: 'not-yet-summed' } : hours, unreadable };
}

/**
 * What whole hours cover of a range: the one it begins in is not among the answers, and the one it ends in
 * is, with all its spend.
 */
function hoursWithin(range: Range, now: number): Coverage {
  const from = Math.ceil(range.from / HOUR_MS) * HOUR_MS;
  const to = (Math.floor(range.to / HOUR_MS) + 1) * HOUR_MS - 1;
  const isWhole = from === range.from && (to - range.to < 1000 || to >= now);
  if (isWhole) return wholeRange(range, now);
  return { ...wholeRange({ from, to }, now), complete: false, reason: 'whole-hours' };
}

/** A site that keeps no sums by hour answers with an empty list there; its log still knows the total. */
async function readAccountSum(visit: Visit, range: Range, scale: Scale): Promise<Usage> {
  const { payload } = await accountPayload(visit, '/api/log/self/stat', secondsOf(range));
  const parsed = v.safeParse(statSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  return {
    unit: scale.unit,
    total: { used: amountOf(parsed.output.quota, scale) },
    coverage: wholeRange(range, visit.now()),
    source: 'logs',
  };
}

function secondsOf({ from, to }: Range) {
  return { start_timestamp: Math.ceil(from / 1000), end_timestamp: Math.floor(to / 1000) };
}

function wholeRange({ from, to }: Range, now: number): Coverage {
  return {
    complete: true,
    from: new Date(from).toISOString(),
    to: new Date(Math.min(to, now)).toISOString(),
  };
}

/** Whether the bucket could be read. */
function addBucket(tally: Tally, wire: unknown): boolean {
  const parsed = v.safeParse(bucketSchema, wire);
  if (!parsed.success) return false;
  const { created_at, model_name, quota, count, token_used } = parsed.output;
  tally.add({
    day: localDay(created_at * 1000),
    hour: new Date(created_at * 1000).getHours(),
    key: '',
    model: plainText(model_name ?? '', 100),
    raw: quota ?? 0,
    requests: count ?? 0,
    tokens: token_used ?? 0,
  });
  return true;
}

/** Slices end a second before the next begins, because the gateway counts both ends in whole seconds. */
function slices({ from, to }: Range): Range[] {
  const parts: Range[] = [];
  for (let start = from; start <= to; start += MAX_SPAN_MS) {
    parts.push({ from: start, to: Math.min(to, start + MAX_SPAN_MS - 1000) });
  }
  return parts;
}
