import * as v from 'valibot';
import type { Reading } from '../../core/quota/reading.ts';
import { round6 } from '../../core/quota/unit.ts';
import { lenient, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readKeyList } from './keyList.ts';
import { requestJson } from './request.ts';

const creditsSchema = v.object({ total_credits: lenient(wireUsed), total_usage: lenient(wireUsed) });

/**
 * `GET /api/v1/keys`, then `GET /api/v1/credits`: the keys of the account and its balance, which is what was bought less
 * what was used. The list comes first, because it is refused to ordinary keys, to which the other tells two zeros.
 */
export async function readAccount(context: GatewayContext): Promise<Reading> {
  const list = await readKeyList(context);
  const { data } = await requestJson(context, {
    path: '/api/v1/credits',
    limiter: 'management',
    short: true,
  });
  const parsed = v.safeParse(creditsSchema, data);
  const { total_credits: bought, total_usage: used } = parsed.success
    ? parsed.output
    : { total_credits: undefined, total_usage: undefined };
  const balance = bought === undefined || used === undefined ? undefined : round6(bought - used);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    account: { balance, used },
    ...list,
    ...(balance === undefined && { unreadable: ['balance'] as const }),
  };
}
