import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { completeCoverage } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestAccount } from './accountRequest.ts';
import { requestLogPage } from './logPage.ts';
import { secondsOf } from './logStream.ts';
import { parseSpendRows, type SpendRow } from './spendRows.ts';

const PAGE_SIZE = 100;

const statSchema = v.object({ quota: wireSpent });

/**
 * Fallback for a site without hourly sums: the total of its log, `GET /api/log/self/stat`, `data.quota`. A
 * site whose log is gone reports 0 too, so a 0 that rows contradict is dropped.
 */
export async function readAccountSum(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  isSpent: boolean,
): Promise<Usage> {
  const { payload, serverNow } = await requestAccount(context, '/api/log/self/stat', secondsOf(range));
  const parsed = v.safeParse(statSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const coverage = completeCoverage(range, serverNow ?? context.now());
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

/**
 * Whether the log has rows with spend in a range.
 * @throws GatewayError where it cannot be read.
 */
async function hasSpendRows(context: GatewayContext, range: Range): Promise<boolean> {
  const { rows } = await requestLogPage(context, {
    p: 1,
    page_size: PAGE_SIZE,
    type: 2,
    ...secondsOf(range),
  });
  return parseSpendRows(rows).length < rows.length || parseSpendRows(rows).some(hasCost);
}

function hasCost({ quota = 0 }: SpendRow): boolean {
  return quota > 0;
}
