import * as v from 'valibot';
import { localDay, type Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import type { Scale } from '../quota/unit.ts';
import type { Usage } from '../quota/usage.ts';
import { accountPayload } from './accountAccess.ts';
import type { Visit } from './gateway.ts';
import { lenient, plainText, wireNumber } from './wire.ts';

/** New API refuses spans over 30 days here. */
const MAX_SPAN_MS = 2_592_000_000;

const bucketSchema = v.object({
  model_name: lenient(v.string()),
  created_at: wireNumber,
  quota: lenient(wireNumber),
  count: lenient(wireNumber),
  token_used: lenient(wireNumber),
});

/** An account's spend by day and model from `GET /api/data/self`, whose rows are whole hours. */
export async function readAccountUsage(visit: Visit, range: Range, scale: Scale): Promise<Usage> {
  const tally = new Tally();
  for (const slice of slices(range)) {
    const { data } = await accountPayload(visit, '/api/data/self', {
      start_timestamp: Math.ceil(slice.from / 1000),
      end_timestamp: Math.floor(slice.to / 1000),
    });
    for (const bucket of Array.isArray(data) ? data : []) addBucket(tally, bucket);
  }
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    coverage: {
      complete: true,
      from: new Date(range.from).toISOString(),
      to: new Date(Math.min(range.to, visit.now())).toISOString(),
      reason: range.to >= visit.now() ? 'not-yet-summed' : undefined,
    },
    source: 'gateway',
  };
}

function addBucket(tally: Tally, wire: unknown): void {
  const parsed = v.safeParse(bucketSchema, wire);
  if (!parsed.success) return;
  const { created_at, model_name, quota, count, token_used } = parsed.output;
  tally.add({
    day: localDay(created_at * 1000),
    key: '',
    model: plainText(model_name ?? '', 100),
    raw: quota ?? 0,
    requests: count ?? 0,
    tokens: token_used ?? 0,
  });
}

/** Slices end a second before the next begins, because the gateway counts both ends in whole seconds. */
function slices({ from, to }: Range): Range[] {
  const parts: Range[] = [];
  for (let start = from; start <= to; start += MAX_SPAN_MS) {
    parts.push({ from: start, to: Math.min(to, start + MAX_SPAN_MS - 1000) });
  }
  return parts;
}
