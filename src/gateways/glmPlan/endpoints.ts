import * as v from 'valibot';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireCount } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { percentOf, planReading, wireDuration, wirePercent } from '../percentWindow.ts';
import { requestJson } from '../requestJson.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { normalizeTime } from '../wireTime.ts';

const text = lenient(v.string());
const dataSchema = v.object({ planName: text, level: text, limits: v.array(v.unknown()) });

const limitSchema = v.object({
  type: v.picklist(['TOKENS_LIMIT', 'CREDIT_LIMIT', 'TIME_LIMIT']),
  unit: v.picklist([3, 5, 6]),
  number: lenient(wireDuration),
  percentage: lenient(wirePercent),
  /** What the limit is; the names are its vendor's. */
  usage: lenient(wireCount),
  currentValue: lenient(wireCount),
  remaining: lenient(wireCount),
  nextResetTime: v.optional(v.unknown()),
});

type Limit = v.InferOutput<typeof limitSchema>;

/** Failures have the status 200, and a code of their own. */
const mapError = errorMapperFor([
  {
    status: 200,
    forms: ['msg'],
    pattern: /^token expired or incorrect$/,
    code: '401',
    failure: ['bad-key', 'refused-key'],
  },
]);

/** `GET /api/monitor/usage/quota/limit`: what was used of the plan in some hours, a week and a month. */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const request = {
    path: '/api/monitor/usage/quota/limit',
    secretIn: 'raw',
    limiter: SINGLE_LIMITER,
    headers: { 'accept-language': 'en-US,en' },
    short: true,
  } as const;
  const json = await requestJson(context, request, mapError);
  // Some answers have the limits without a `data` around them.
  const parsed = v.safeParse(dataSchema, Array.isArray(json.data) ? { limits: json.data } : json.data);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { planName, level, limits } = parsed.output;
  const windows = limits.flatMap(windowOf);
  const name = planName ?? level;
  const plan = name === undefined ? undefined : { name: sanitizeText(name, 60) };
  const reading = planReading(context, windows, limits.length - windows.length, plan);
  if (!reading) throw missingFiguresError(json, 200);
  return reading;
}

function windowOf(wire: unknown): QuotaWindow[] {
  const parsed = v.safeParse(limitSchema, wire);
  if (!parsed.success) return [];
  const { type, nextResetTime } = parsed.output;
  const [name, used] = [periodName(parsed.output), usedOf(parsed.output)];
  if (name === undefined || used === undefined) return [];
  return [
    {
      name,
      // This limits web search and page reading, without which models can be called.
      ...(type === 'TIME_LIMIT' && { scope: 'tools' as const }),
      used,
      unit: 'percent',
      resetsAt: normalizeTime(nextResetTime) ?? undefined,
    },
  ];
}

/** The name of a limit's period by its unit: 3 is hours, 5 months, others weeks, whose number is 1 or 7. */
function periodName({ unit, number }: Limit): string | undefined {
  if (unit === 3) return number === undefined ? undefined : `${number}h`;
  return unit === 5 ? 'month' : 'week';
}

function usedOf({ percentage, usage, currentValue: used, remaining }: Limit): number | undefined {
  if (percentage !== undefined || used === undefined) return percentage;
  const limit = usage ?? (remaining === undefined ? undefined : used + remaining);
  return limit === undefined ? undefined : percentOf(used, limit);
}
