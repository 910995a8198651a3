import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import {
  type CostPage,
  costPageOf,
  type Days,
  type ReadPage,
  readCostUsage,
  readMonth,
} from '../dailyCosts.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import { lenient, wireSpent, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { requestJson } from '../requestJson.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import type { Json } from '../wireJson.ts';
import { wireSeconds } from '../wireTime.ts';

const usd = v.pipe(
  v.string(),
  v.check(code => code.toLowerCase() === 'usd'),
);
const bucketSchema = v.object({ start_time: wireSeconds, results: v.array(v.unknown()) });
const resultSchema = v.object({
  amount: v.object({ value: wireUsed, currency: usd }),
  line_item: lenient(v.string()),
});
const limitSchema = v.object({
  threshold_amount: wireSpent,
  currency: usd,
  interval: v.literal('month'),
});

/** Its limit is in cents. */
const CENTS = 100;

/** https://platform.openai.com/docs/guides/error-codes, and the same word for word in what users of its clients report. */
const mapKnown = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^Incorrect API key provided\b/,
    code: 'invalid_api_key',
    failure: ['bad-key', 'refused-key'],
    quotesKey: true,
  },
]);

const SCOPES =
  /^You have insufficient permissions for this operation\. Missing scopes: ([\w.]+(?:, [\w.]+)*)/;

/** A key without the scope is refused with 401 and an object as often as with 403 and a bare text. */
const mapError: ErrorMapper = refusal => {
  const { status, form, message } = refusal;
  const isSure = (status === 401 || status === 403) && (form === 'typed' || form === 'bare-word');
  const scope = isSure ? SCOPES.exec(message)?.[1]?.replace(/\.$/, '') : undefined;
  return scope === undefined
    ? mapKnown(refusal)
    : failed('forbidden', 'scope-missing', { status, scope: sanitizeText(scope, 60) });
};

/**
 * `GET /v1/organization/costs` of this month, and `GET /v1/organization/spend_limit`, which not every organization has.
 */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  return readMonth(context, pageReader(context), await readLimit(context));
}

/** `GET /v1/organization/costs`: spend by day and line item. */
export function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  return readCostUsage(context, range, pageReader(context));
}

/** null: none; undefined: in a form that cannot be read. */
async function readLimit(context: GatewayContext): Promise<number | null | undefined> {
  try {
    const json = await ask(context, '/v1/organization/spend_limit', {});
    if (json.threshold_amount === null) return null;
    const parsed = v.safeParse(limitSchema, json);
    return parsed.success ? parsed.output.threshold_amount / CENTS : undefined;
  } catch (error) {
    if (error instanceof GatewayError && error.failure.class === 'not-supported') return null;
    throw error;
  }
}

function pageReader(context: GatewayContext): ReadPage {
  return async (days, page) => {
    const json = await ask(context, '/v1/organization/costs', {
      start_time: days.from / SECOND_MS,
      end_time: days.to / SECOND_MS,
      bucket_width: '1d',
      limit: 180,
      'group_by[]': 'line_item',
      page,
    });
    return costPageOf(json, bucket => bucketOf(bucket, days));
  };
}

/** One day; one that was not asked for counts as unreadable. */
function bucketOf(wire: unknown, { from, to }: Days): Omit<CostPage, 'next'> {
  const parsed = v.safeParse(bucketSchema, wire);
  const at = parsed.success ? parsed.output.start_time * SECOND_MS : Number.NaN;
  if (!parsed.success || !(at >= from && at < to)) return { rows: [], days: 0, unreadable: 1 };
  const day = new Date(at).toISOString().slice(0, 10);
  const rows = parsed.output.results.flatMap(result => {
    const row = v.safeParse(resultSchema, result);
    if (!row.success) return [];
    const { amount, line_item: item = '' } = row.output;
    return [{ day, item: sanitizeText(item, 100), used: amount.value }];
  });
  return { rows, days: 1, unreadable: parsed.output.results.length - rows.length };
}

function ask(
  context: GatewayContext,
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): Promise<Json> {
  return requestJson(context, { path, query, secretIn: 'bearer', limiter: SINGLE_LIMITER }, mapError);
}
