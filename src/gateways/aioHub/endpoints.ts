import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { completeCoverage } from '../../core/usage/coverage.ts';
import type { LogFilter, LogPage } from '../../core/usage/logRow.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { wireSpent } from '../fields.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readAccount } from '../newApi/account.ts';
import { readAccountUsage } from '../newApi/accountUsage.ts';
import { readListedSecrets as listSecrets, readSecrets } from '../newApi/listedSecrets.ts';
import { readAccountLogs } from '../newApi/logs.ts';
import { settledSecond } from '../newApi/settledSecond.ts';
import { readTokenUsage, requestTokenUsage } from '../newApi/tokenUsage.ts';
import { accountVerification } from '../newApi/verification.ts';
import { displayScale, rawScale } from '../siteScale.ts';

/** A key's totals are in the site's display unit; an account's are raw units, as in New API. */
const keyScale = ({ site, unitOverride }: GatewayContext) => displayScale(site, unitOverride);
const accountScale = ({ site, unitOverride }: GatewayContext) => rawScale(site, unitOverride, 'default');

/** See `Gateway.readQuota`. */
export function readQuota(context: GatewayContext): Promise<CountedReading> {
  return context.credential === 'accessToken'
    ? readAccount(context, accountScale(context))
    : readTokenUsage(context, keyScale(context));
}

/** See `Gateway.readUsage`. */
export function readUsage(context: GatewayContext, range: Range, progress?: Progress): Promise<Usage> {
  return context.credential === 'accessToken'
    ? readAccountUsage(context, range, accountScale(context), progress)
    : readRangeUsed(context, range);
}

/** See `Gateway.readLogs`. */
export function readLogs(context: GatewayContext, filter: LogFilter): Promise<LogPage> {
  return readAccountLogs(context, filter, accountScale(context));
}

export { readSecrets };

/** See `Gateway.readListedSecrets`. */
export const readListedSecrets = (context: GatewayContext) => listSecrets(context, accountScale(context));

/** See `Gateway.verification`. */
export const verification = async () => accountVerification(accountScale);

const rangeSchema = v.object({ range_used: wireSpent });

/**
 * `GET /api/usage/token/?start_timestamp&end_timestamp`: `data.range_used` in the display unit; bounds in
 * epoch seconds, both included.
 */
async function readRangeUsed(context: GatewayContext, range: Range): Promise<Usage> {
  const [first, last] = [Math.ceil(range.from / 1000), Math.floor(range.to / 1000)];
  const { payload, serverNow } = await requestTokenUsage(context, {
    start_timestamp: first,
    end_timestamp: last,
  });
  const parsed = v.safeParse(rangeSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const scale = keyScale(context);
  const span = { from: first, to: last + 1 };
  recordSum(context, span, parsed.output.range_used, scale, settledSecond(serverNow, context.now()));
  return {
    unit: scale.unit,
    total: { used: amountOf(parsed.output.range_used, scale) },
    coverage: completeCoverage(range, context.now()),
    source: 'gateway',
  };
}

/**
 * Passes a sum on to the ledger. The sum of a range that is not over is left out: it cannot be cut at the last second
 * that is over (`settled`). `span` is in epoch seconds, the end excluded.
 */
function recordSum(
  { recordSpend }: GatewayContext,
  span: { readonly from: number; readonly to: number },
  raw: number,
  scale: Scale,
  settled: number,
): void {
  if (span.to > settled || span.from >= span.to) return;
  const untold = { requests: undefined, promptTokens: undefined, completionTokens: undefined };
  const record = { at: span.from, lasts: span.to - span.from, keyName: '', model: '', raw, ...untold };
  recordSpend?.({ source: 'rangeSums', scale, records: [record], complete: span, unreadable: 0 });
}
