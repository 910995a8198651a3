import { GatewayError } from '../../core/quota/failure.ts';
import { withUnreadableRows } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readActivity } from './activity.ts';
import { readAnalytics } from './analytics.ts';
import type { SpendRows } from './spendRows.ts';

/**
 * What the account spent in a range: by key, model and day from its analytics, else by model and day from the activity of
 * the last thirty days. Days are UTC's.
 * @throws GatewayError
 */
export async function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  const { rows, unreadable, coverage, parts } = await readRows(context, range);
  const sum = new UsageSum();
  for (const { used, ...row } of rows) sum.add({ ...row, raw: used });
  return {
    unit: { code: 'USD', source: 'gateway' },
    total: sum.total(1),
    byDay: sum.rows('day', 1),
    ...(parts.includes('api_key_id') && { byKey: sum.rows('key', 1) }),
    ...(parts.includes('model') && { byModel: sum.rows('model', 1) }),
    timeline: sum.timeline(1),
    coverage: withUnreadableRows(coverage, unreadable),
    source: 'gateway',
  };
}

async function readRows(context: GatewayContext, range: Range): Promise<SpendRows> {
  try {
    return await readAnalytics(context, range);
  } catch (error) {
    if (!(error instanceof GatewayError) || !isRefusedQuestion(error)) throw error;
    return readActivity(context, range);
  }
}

/** Whether it is the analytics that do not answer, and not the key or the network. */
function isRefusedQuestion({ failure: { class: failureClass, reason } }: GatewayError): boolean {
  if (failureClass === 'unexpected' || failureClass === 'not-supported') return true;
  return reason === 'unknown-refusal';
}
