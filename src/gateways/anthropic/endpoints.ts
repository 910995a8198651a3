import * as v from 'valibot';
import type { Reading } from '../../core/quota/reading.ts';
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
import { lenient, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { requestJson } from '../requestJson.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { normalizeTime } from '../wireTime.ts';

const bucketSchema = v.object({ starting_at: v.string(), results: v.array(v.unknown()) });
const resultSchema = v.object({
  amount: wireSpent,
  currency: v.literal('USD'),
  description: lenient(v.string()),
});

/** Amounts are in cents. */
const CENTS = 100;

/** https://docs.anthropic.com/en/api/errors, and the words as users of its clients report them. */
const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^invalid x-api-key$/,
    code: 'authentication_error',
    failure: ['bad-key', 'refused-key'],
  },
]);

/** `GET /v1/organizations/cost_report` of this month. No endpoint tells the organization's limit. */
export function readQuota(context: GatewayContext): Promise<Reading> {
  return readMonth(context, pageReader(context), null);
}

/** The same report for any range: spend by day and description. Costs of the priority tier are not in it. */
export function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  return readCostUsage(context, range, pageReader(context));
}

function pageReader(context: GatewayContext): ReadPage {
  return async (days, page) => {
    const request = {
      path: '/v1/organizations/cost_report',
      query: {
        starting_at: new Date(days.from).toISOString(),
        ending_at: new Date(days.to).toISOString(),
        bucket_width: '1d',
        limit: 31,
        'group_by[]': 'description',
        page,
      },
      headers: { 'anthropic-version': '2023-06-01' },
      secretIn: { header: 'x-api-key' },
      limiter: SINGLE_LIMITER,
    } as const;
    const json = await requestJson(context, request, mapError);
    return costPageOf(json, bucket => bucketOf(bucket, days));
  };
}

/** One day; one that was not asked for counts as unreadable. */
function bucketOf(wire: unknown, { from, to }: Days): Omit<CostPage, 'next'> {
  const parsed = v.safeParse(bucketSchema, wire);
  const at = Date.parse((parsed.success && normalizeTime(parsed.output.starting_at)) || '');
  if (!parsed.success || !(at >= from && at < to)) return { rows: [], days: 0, unreadable: 1 };
  const day = new Date(at).toISOString().slice(0, 10);
  const rows = parsed.output.results.flatMap(result => {
    const row = v.safeParse(resultSchema, result);
    if (!row.success) return [];
    const { amount, description = '' } = row.output;
    return [{ day, item: sanitizeText(description, 100), used: amount / CENTS }];
  });
  return { rows, days: 1, unreadable: parsed.output.results.length - rows.length };
}
