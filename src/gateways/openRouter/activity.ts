import * as v from 'valibot';
import { DAY_MS } from '../../core/time.ts';
import type { Coverage } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import { parseRows } from '../envelope.ts';
import { lenient, wireCount, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isDay } from '../isDay.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { requestJson } from './request.ts';
import type { SpendRow, SpendRows } from './spendRows.ts';

/** How many whole days of UTC the answer has, without the current one. */
const DAYS = 30;

const rowSchema = v.object({
  date: v.pipe(
    v.string(),
    v.regex(/^.{10}(?:[T ]|$)/),
    v.transform(date => date.slice(0, 10)),
    v.check(isDay),
  ),
  model: lenient(v.string()),
  usage: wireUsed,
  requests: lenient(wireCount),
  prompt_tokens: lenient(wireCount),
  completion_tokens: lenient(wireCount),
});

/** `GET /api/v1/activity`: spend by model and day, of all keys together. */
export async function readActivity(context: GatewayContext, range: Range): Promise<SpendRows> {
  const { data } = await requestJson(context, { path: '/api/v1/activity', limiter: 'management' });
  const wire = parseRows(data);
  const rows = wire.flatMap(rowOf);
  return {
    // For a day that is only partly in the range, nobody knows which part of its spend is.
    rows: rows.filter(({ day }) => isWithin(Date.parse(day), range)),
    unreadable: wire.length - rows.length,
    coverage: coverageOf(range, context.now()),
    parts: ['model'],
  };
}

function isWithin(day: number, { from, to }: Range): boolean {
  return day >= from && day + DAY_MS <= to + 1;
}

function rowOf(wire: unknown): SpendRow[] {
  const parsed = v.safeParse(rowSchema, wire);
  if (!parsed.success) return [];
  const {
    date,
    model,
    usage,
    requests,
    prompt_tokens: prompt,
    completion_tokens: completion,
  } = parsed.output;
  const tokens = prompt === undefined || completion === undefined ? undefined : prompt + completion;
  return [
    {
      day: date,
      key: '',
      model: sanitizeText(model ?? '', 100),
      used: usage,
      requests,
      tokens,
    },
  ];
}

/** The part of a range that the told UTC days cover: at most the last `DAYS` that are over. */
function coverageOf({ from, to }: Range, now: number): Coverage {
  const today = startOfDay(now);
  const first = Math.max(startOfDay(from + DAY_MS - 1), today - DAYS * DAY_MS);
  const end = Math.max(first, Math.min(startOfDay(to + 1), today));
  const isWhole = first <= from && end >= Math.min(to + 1, now);
  const span = { from: new Date(Math.max(first, from)).toISOString(), to: new Date(end).toISOString() };
  return { complete: isWhole, ...span, reason: isWhole ? 'utc-days' : 'whole-days' };
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
